package dev.anvil.http.authz;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.anvil.authz.values.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values by name whose numbers keep every digit. */
@JsonDeserialize(using = JsonContext.Reader.class)
@Schema(type = "object")
public record JsonContext(@JsonValue Map<String, Object> values) {
  /** The values, or none. */
  static Map<String, Object> of(JsonContext context) {
    return context == null ? Map.of() : context.values();
  }

  /** Reads tokens as the domain's own JSON values. */
  static final class Reader extends JsonDeserializer<JsonContext> {
    @Override
    public JsonContext deserialize(JsonParser p, DeserializationContext context)
        throws IOException {
      if (p.currentToken() != JsonToken.START_OBJECT) {
        return (JsonContext) context.handleUnexpectedToken(JsonContext.class, p);
      }
      return new JsonContext(object(p, context));
    }

    private static Map<String, Object> object(JsonParser p, DeserializationContext context)
        throws IOException {
      Map<String, Object> map = new LinkedHashMap<>();
      while (p.nextToken() != JsonToken.END_OBJECT) {
        String name = p.currentName();
        p.nextToken();
        map.put(name, value(p, context));
      }
      return map;
    }

    private static Object value(JsonParser p, DeserializationContext context) throws IOException {
      return switch (p.currentToken()) {
        case START_OBJECT -> object(p, context);
        case START_ARRAY -> {
          List<Object> list = new ArrayList<>();
          while (p.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(p, context));
          }
          yield list;
        }
        case VALUE_STRING -> p.getText();
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_NULL -> null;
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(p, context);
        default -> context.handleUnexpectedToken(JsonContext.class, p);
      };
    }

    private static Object number(JsonParser p, DeserializationContext context) throws IOException {
      try {
        return Json.read(p.getText());
      } catch (Json.Malformed e) {
        return context.reportInputMismatch(JsonContext.class, "%s", e.getMessage());
      }
    }
  }
}
