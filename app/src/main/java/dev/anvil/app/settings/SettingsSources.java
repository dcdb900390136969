package dev.anvil.app.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/** Raw values by setting with the source of each; later sources win. */
public final class SettingsSources {
  /** A raw value and where it came from. */
  public record Sourced(String value, String source) {}

  private final Map<Setting, Sourced> values = new EnumMap<>(Setting.class);

  /** Starts with the defaults. */
  public SettingsSources() {
    for (Setting s : Setting.values()) {
      values.put(s, new Sourced(s.defaultValue(), "default"));
    }
  }

  /** Every line of a properties file; an unknown name stops the start. */
  public SettingsSources file(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException("settings file " + file + " cannot be read: " + e.getMessage());
    }
    for (String name : properties.stringPropertyNames()) {
      set(name, properties.getProperty(name), "file " + file);
    }
    return this;
  }

  /**
   * Known names of the environment; others belong to others, but what is nearly one of ours, or
   * begins like one, stops the start: it was meant for us and would silently do nothing.
   */
  public SettingsSources environment(Map<String, String> environment) {
    environment.forEach((name, value) -> {
      if (Setting.named(name).isPresent()) {
        set(name, value, "environment");
      } else if (EnvironmentNames.meantForUs(name)) {
        throw unknown(name, "environment");
      }
    });
    return this;
  }

  /** {@code NAME=VALUE} as given to --set. */
  public SettingsSources assignment(String assignment) {
    int eq = assignment.indexOf('=');
    if (eq <= 0) {
      throw new SettingsException("--set '" + assignment + "': expected NAME=VALUE");
    }
    return set(assignment.substring(0, eq), assignment.substring(eq + 1), "--set");
  }

  /** One value from a named source. */
  public SettingsSources set(String name, String value, String source) {
    Setting setting = Setting.named(name).orElseThrow(() -> unknown(name, source));
    values.put(setting, new Sourced(value.strip(), source));
    return this;
  }

  private static SettingsException unknown(String name, String source) {
    return new SettingsException(
        "unknown setting '"
            + name
            + "' (from "
            + source
            + "): did you mean "
            + Setting.closestTo(name)
            + "? All names: anvil config --describe");
  }

  /** The winning value of a setting. */
  public Sourced get(Setting setting) {
    return values.get(setting);
  }
}
