package dev.anvil.app.settings;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Settings whose capability this version lacks: they are known and checked, so that one file fits
 * all versions, and whoever sets one is told that it does nothing yet.
 */
public final class LaterSettings {
  private static final Set<Setting> LATER =
      EnumSet.of(
          Setting.BACKUP_TARGET,
          Setting.BACKUP_SCHEDULE,
          Setting.BACKUP_ARCHIVE,
          Setting.CLUSTER_LISTEN_ADDR,
          Setting.PUBLIC_CLUSTER_ADDRS,
          Setting.BOOTSTRAP_ADDRS,
          Setting.INIT_CLUSTER);

  private LaterSettings() {}

  /** Whether this version does nothing with it. */
  public static boolean contains(Setting setting) {
    return LATER.contains(setting);
  }

  /** One line for each that is set to something. */
  public static List<String> warnings(SettingsSources sources) {
    List<String> lines = new ArrayList<>();
    for (Setting setting : LATER) {
      SettingsSources.Sourced given = sources.get(setting);
      if (!given.value().equals(setting.defaultValue())) {
        lines.add(
            setting
                + " (from "
                + given.source()
                + ") is not used by this version: it has no effect");
      }
    }
    return lines;
  }
}
