package dev.anvil.app.settings;

import java.util.Arrays;
import java.util.Set;

/** Tells variables that were meant to be settings from those that belong to others. */
final class EnvironmentNames {
  /** What the launcher and the client verbs read. */
  private static final Set<String> OTHERS_OF_OURS =
      Set.of(
          "ANVIL_HEAP",
          "ANVIL_FIND_JDK",
          "ANVIL_ENDPOINT",
          "ANVIL_CLIENT_ID",
          "ANVIL_CLIENT_SECRET",
          "ANVIL_PROFILE",
          "ANVIL_CA_FILE",
          "ANVIL_COMMAND",
          "ANVIL_TRAIN",
          "ANVIL_HOME");

  private static final int SHORTEST = 8;
  private static final int NEAR = 2;

  private EnvironmentNames() {}

  static boolean meantForUs(String name) {
    if (OTHERS_OF_OURS.contains(name) || ofServiceLinks(name)) {
      return false;
    }
    return name.startsWith("ANVIL_")
        || name.length() >= SHORTEST
            && Arrays.stream(Setting.values()).anyMatch(s -> near(name, s.name()));
  }

  private static boolean near(String name, String setting) {
    // most names of an environment are told apart by their length alone
    return Math.abs(name.length() - setting.length()) <= NEAR
        && EditDistance.between(name, setting) <= NEAR;
  }

  /** What container platforms set for a service called anvil. */
  private static boolean ofServiceLinks(String name) {
    return name.startsWith("ANVIL_SERVICE_") || name.startsWith("ANVIL_PORT");
  }
}
