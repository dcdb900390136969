package dev.anvil.client.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Text to trees and back. */
public final class Json {
  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /**
   * The one value that a text holds.
   *
   * @throws IOException if it is no JSON, nests too deeply, or goes on after its value
   */
  public static JsonNode read(String text) throws IOException {
    try (JsonParser in = JSON.createParser(text)) {
      return whole(in);
    }
  }

  /** The same of bytes in UTF-8. */
  public static JsonNode read(byte[] text) throws IOException {
    try (JsonParser in = JSON.createParser(text)) {
      return whole(in);
    }
  }

  private static JsonNode whole(JsonParser in) throws IOException {
    if (in.nextToken() == null) {
      throw new IOException("a JSON value was expected and nothing is there");
    }
    JsonNode value = value(in);
    if (in.nextToken() != null) {
      throw new IOException("a JSON value was expected and more follows it");
    }
    return value;
  }

  /** The parser bounds how deep values nest. */
  private static JsonNode value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_STRING -> NODES.textNode(in.getText());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      // as it was written: what passes through here must come out the same
      case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(in.getDecimalValue());
      case VALUE_NUMBER_INT ->
          switch (in.getNumberType()) {
            case INT -> NODES.numberNode(in.getIntValue());
            case LONG -> NODES.numberNode(in.getLongValue());
            default -> NODES.numberNode(in.getBigIntegerValue());
          };
      default -> throw new IOException("a JSON value was expected at " + in.currentLocation());
    };
  }

  private static ObjectNode object(JsonParser in) throws IOException {
    ObjectNode object = NODES.objectNode();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      in.nextToken();
      object.set(name, value(in));
    }
    return object;
  }

  private static ArrayNode array(JsonParser in) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(in));
    }
    return array;
  }

  /** A value as text without spaces. */
  public static String text(JsonNode value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      write(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory refused a write", e);
    }
    return text.toString();
  }

  private static void write(JsonNode value, JsonGenerator out) throws IOException {
    switch (value.getNodeType()) {
      case OBJECT -> {
        out.writeStartObject();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
          out.writeFieldName(field.getKey());
          write(field.getValue(), out);
        }
        out.writeEndObject();
      }
      case ARRAY -> {
        out.writeStartArray();
        for (JsonNode element : value) {
          write(element, out);
        }
        out.writeEndArray();
      }
      case STRING -> out.writeString(value.textValue());
      case BINARY -> out.writeBinary(value.binaryValue());
      case BOOLEAN -> out.writeBoolean(value.booleanValue());
      case NULL, MISSING -> out.writeNull();
      case NUMBER -> number(value, out);
      default -> throw new IllegalArgumentException("no JSON is " + value.getNodeType());
    }
  }

  private static void number(JsonNode value, JsonGenerator out) throws IOException {
    switch (value.numberType()) {
      case INT, LONG -> out.writeNumber(value.longValue());
      case BIG_INTEGER -> out.writeNumber(value.bigIntegerValue());
      case BIG_DECIMAL -> out.writeNumber(value.decimalValue());
      case FLOAT, DOUBLE -> out.writeNumber(value.doubleValue());
    }
  }
}
