package dev.anvil.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** As much of a tree as RFC 7396 needs: objects, and everything else as compact text. */
sealed interface JsonNode {
  /** An object; names in the order they came. */
  record Members(Map<String, JsonNode> byName) implements JsonNode {
    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      for (Map.Entry<String, JsonNode> member : byName.entrySet()) {
        out.writeFieldName(member.getKey());
        member.getValue().write(out);
      }
      out.writeEndObject();
    }
  }

  /** An array or scalar. */
  record Other(String json, boolean isNull) implements JsonNode {
    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeRawValue(json);
    }
  }

  /** Writes it compactly. */
  void write(JsonGenerator out) throws IOException;

  /**
   * Reads the value the parser stands on. Depth is bounded by the parser.
   *
   * @param names counts the names read so far, which are bounded
   */
  static JsonNode read(JsonParser parser, JsonFactory factory, int[] names) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
      StringWriter text = new StringWriter();
      try (JsonGenerator out = factory.createGenerator(text)) {
        JacksonJsonDocuments.copyValue(parser, out);
      }
      return new Other(text.toString(), isNull);
    }
    Map<String, JsonNode> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      JacksonJsonDocuments.requireFew(++names[0], parser);
      String name = JacksonJsonDocuments.whole(parser, parser.currentName());
      parser.nextToken();
      members.put(name, read(parser, factory, names));
    }
    return new Members(members);
  }

  /** RFC 7396, section 2; neither argument is changed. */
  static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!(patch instanceof Members changes)) {
      return patch;
    }
    Map<String, JsonNode> result =
        target instanceof Members was ? new LinkedHashMap<>(was.byName()) : new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> change : changes.byName().entrySet()) {
      if (change.getValue() instanceof Other(String json, boolean isNull) && isNull) {
        result.remove(change.getKey());
      } else {
        result.put(change.getKey(), merge(result.get(change.getKey()), change.getValue()));
      }
    }
    return new Members(result);
  }
}
