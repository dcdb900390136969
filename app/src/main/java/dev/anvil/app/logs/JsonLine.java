package dev.anvil.app.logs;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;

/** One JSON object on one line, field by field; what is null or empty is left out. */
final class JsonLine {
  private static final int USUAL = 384;

  private final StringBuilder b = new StringBuilder(USUAL);

  JsonLine(Instant time, String level) {
    b.append("{\"time\":\"").append(time).append("\",\"level\":\"").append(level).append('"');
  }

  JsonLine text(String name, String value) {
    if (value != null && !value.isEmpty()) {
      b.append(",\"").append(name).append("\":\"");
      JsonStringEncoder.getInstance().quoteAsString(value, b);
      b.append('"');
    }
    return this;
  }

  JsonLine number(String name, long value) {
    b.append(",\"").append(name).append("\":").append(value);
    return this;
  }

  /** With three digits after the point. */
  JsonLine fraction(String name, double value) {
    b.append(",\"").append(name).append("\":").append(Math.round(value * 1_000) / 1_000.0);
    return this;
  }

  JsonLine flag(String name) {
    b.append(",\"").append(name).append("\":true");
    return this;
  }

  String end() {
    return b.append('}').toString();
  }
}
