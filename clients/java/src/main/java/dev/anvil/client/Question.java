package dev.anvil.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Whether a subject has a permission of an object. Values; each method gives a new one.
 *
 * @param resource such as {@code document:readme}
 * @param subject such as {@code user:anna} or {@code group:eng#member}
 * @param context values for conditions, a JSON object; null for none
 * @param tuples that count for this question alone
 */
public record Question(
    String resource, String permission, String subject, String context, List<String> tuples) {
  /** Copied. */
  public Question {
    tuples = List.copyOf(tuples);
  }

  /** Without context. */
  public static Question of(String resource, String permission, String subject) {
    return new Question(resource, permission, subject, null, List.of());
  }

  /**
   * Of its text, {@code document:readme#view@user:anna}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Question parse(String text) {
    int hash = text.indexOf('#');
    int at = text.indexOf('@', hash);
    if (hash < 0 || at < 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is no question; write type:id#permission@type:id");
    }
    return of(text.substring(0, hash), text.substring(hash + 1, at), text.substring(at + 1));
  }

  /** With values for conditions, a JSON object. */
  public Question context(String json) {
    Fields.object("the context", json);
    return new Question(resource, permission, subject, json, tuples);
  }

  /** With tuples that are not stored. */
  public Question tuples(List<String> also) {
    return new Question(resource, permission, subject, context, also);
  }

  ObjectNode document() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("resource", resource).put("permission", permission).put("subject", subject);
    if (context != null) {
      body.set("context", Fields.object("the context", context));
    }
    if (!tuples.isEmpty()) {
      ArrayNode also = body.putArray("contextualTuples");
      tuples.forEach(also::add);
    }
    return body;
  }
}
