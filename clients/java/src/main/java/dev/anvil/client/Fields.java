package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Members of documents and values of headers. */
final class Fields {
  private Fields() {}

  /** A time, or null where there is none. */
  static Instant instant(JsonNode document, String name) {
    String text = document.path(name).asText("");
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw AnvilException.strange(name + " '" + text + "' is no time", e);
    }
  }

  /** Headers arrive as one character a byte, and are UTF-8. */
  static String text(String header) {
    return new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** An entity tag without its quotes. */
  static String unquoted(String tag) {
    boolean quoted = tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"");
    return quoted ? tag.substring(1, tag.length() - 1) : tag;
  }

  /** An entity tag as conditions have it. */
  static String quoted(String tag) {
    return tag.equals("*") || tag.endsWith("\"") ? tag : '"' + tag + '"';
  }
}
