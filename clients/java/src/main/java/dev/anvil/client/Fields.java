package dev.anvil.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

  /** The texts of an array. */
  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return List.copyOf(texts);
  }

  /** The texts of an object by their names, in its order. */
  static Map<String, String> map(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return Collections.unmodifiableMap(texts);
  }

  /** The same texts as an object. */
  static ObjectNode object(Map<String, String> texts) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    texts.forEach(object::put);
    return object;
  }

  /** Content-Type as in headers becomes contentType as in documents. */
  static String member(String header) {
    StringBuilder member = new StringBuilder();
    boolean upper = false;
    for (char c : header.toLowerCase(Locale.ROOT).toCharArray()) {
      if (c != '-') {
        member.append(upper ? Character.toUpperCase(c) : c);
      }
      upper = c == '-';
    }
    return member.toString();
  }

  /** An object in a text that a caller wrote. */
  static JsonNode object(String name, String json) {
    try {
      JsonNode read = Json.read(json);
      if (read.isObject()) {
        return read;
      }
    } catch (JsonProcessingException e) {
      String why = e.getOriginalMessage() + "; write an object like {\"name\": 1}";
      throw new IllegalArgumentException(name + " is no JSON: " + why, e);
    } catch (IOException e) {
      throw new IllegalArgumentException(name + " is no JSON: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(name + " is no JSON object");
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
