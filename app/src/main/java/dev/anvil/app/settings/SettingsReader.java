package dev.anvil.app.settings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Raw values as checked ones; what breaks a rule is named with its source and the rule. */
final class SettingsReader {
  private static final int LEAST_SECRET_BYTES = 32;
  private static final Pattern HOST_PORT =
      Pattern.compile("[^\\s:,]+:[0-9]{1,5}|\\[[^\\]]+]:[0-9]{1,5}");

  private final SettingsSources sources;

  SettingsReader(SettingsSources sources) {
    this.sources = sources;
  }

  String text(Setting setting) {
    return sources.get(setting).value();
  }

  Optional<String> optional(Setting setting) {
    return Optional.of(text(setting)).filter(value -> !value.isEmpty());
  }

  /** The value if the pattern holds for all of it. */
  String matching(Setting setting, String pattern, String rule) {
    String value = text(setting);
    if (!value.matches(pattern)) {
      throw refused(setting, rule);
    }
    return value;
  }

  Path path(Setting setting, String cure) {
    if (text(setting).isEmpty()) {
      throw new SettingsException(setting + " is empty: " + cure);
    }
    return Path.of(text(setting)).toAbsolutePath().normalize();
  }

  Optional<Path> optionalPath(Setting setting) {
    return optional(setting).map(value -> Path.of(value).toAbsolutePath().normalize());
  }

  ListenAddress address(Setting setting) {
    return ListenAddress.parse(setting, text(setting));
  }

  int number(Setting setting, int least, int greatest) {
    return Numbers.in(setting, text(setting), least, greatest);
  }

  Duration seconds(Setting setting, int least, int greatest) {
    return Duration.ofSeconds(number(setting, least, greatest));
  }

  boolean onOff(Setting setting) {
    return switch (text(setting)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw refused(setting, "on or off");
    };
  }

  List<String> list(Setting setting) {
    return Stream.of(text(setting).split(","))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** Addresses of others, which this machine need not be able to resolve yet. */
  List<String> addresses(Setting setting) {
    List<String> all = list(setting);
    for (String one : all) {
      if (!HOST_PORT.matcher(one).matches()) {
        throw refused(setting, "host:port, several separated by commas");
      }
    }
    return all;
  }

  Optional<String> secret(Setting setting) {
    String value = text(setting);
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0) {
      return Optional.empty();
    }
    if (length < LEAST_SECRET_BYTES) {
      throw new SettingsException(
          setting
              + " has "
              + length
              + " bytes: expected at least "
              + LEAST_SECRET_BYTES
              + ", for example from: openssl rand -base64 32");
    }
    return Optional.of(value);
  }

  SettingsException refused(Setting setting, String rule) {
    return new SettingsException(
        setting
            + " is '"
            + text(setting)
            + "' (from "
            + sources.get(setting).source()
            + "): expected "
            + rule);
  }
}
