package dev.anvil.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.ClientException;
import java.util.ArrayList;
import java.util.List;

/** A question in text, {@code document:readme#view@user:anna}, as the API takes it. */
final class AuthzQuestion {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AuthzQuestion() {}

  /**
   * The document.
   *
   * @param context JSON object, or null
   */
  static ObjectNode of(String text, String context) {
    int hash = text.indexOf('#');
    int at = text.indexOf('@', hash);
    if (hash < 0 || at < 0) {
      throw new ClientException(
          ClientException.USAGE, "'" + text + "' is no question; write type:id#permission@type:id");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("resource", text.substring(0, hash));
    body.put("permission", text.substring(hash + 1, at));
    body.put("subject", text.substring(at + 1));
    if (context != null) {
      body.set("context", context(context));
    }
    return body;
  }

  /** Names of a list, for people. */
  static String names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(n -> names.add(Out.safe(n)));
    return String.join(", ", names);
  }

  static JsonNode context(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ClientException(
          ClientException.USAGE, "the context is no JSON: " + e.getOriginalMessage());
    }
  }
}
