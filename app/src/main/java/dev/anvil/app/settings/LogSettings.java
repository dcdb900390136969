package dev.anvil.app.settings;

/**
 * What the node tells, and how.
 *
 * @param format json, text or auto
 * @param level ERROR, WARN, INFO or DEBUG
 * @param slowMillis duration from which a request is marked slow
 */
public record LogSettings(String format, String level, int slowMillis) {
  static LogSettings of(SettingsReader r) {
    return new LogSettings(
        r.matching(Setting.LOG_FORMAT, "auto|json|text", "auto, json or text"),
        r.matching(Setting.LOG_LEVEL, "ERROR|WARN|INFO|DEBUG", "ERROR, WARN, INFO or DEBUG"),
        r.number(Setting.SLOW_REQUEST_MS, 1, 3_600_000));
  }
}
