package dev.anvil.app.authz;

import dev.anvil.authz.store.Question;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.authz.values.Json;
import dev.anvil.ports.failure.Invalid;
import java.util.List;
import java.util.Map;

/**
 * Questions in text: {@code document:readme#view@user:anna with {"hour": 10}}. A condition or
 * expiry after the subject, as tuples have it, asks nothing and is passed over.
 */
public final class Questions {
  private static final String WITH = " with ";

  private Questions() {}

  /**
   * The question of a text.
   *
   * @throws Invalid QuestionInvalid or TupleInvalid if it is malformed
   */
  public static Question parse(String text) {
    int with = text.indexOf(WITH);
    String asked = (with < 0 ? text : text.substring(0, with)).strip();
    int hash = asked.indexOf('#');
    int at = asked.indexOf('@', hash);
    if (hash < 0 || at < 0) {
      throw bad(text, "write type:id#permission@type:id");
    }
    return new Question(
        TupleText.object(asked.substring(0, hash)),
        asked.substring(hash + 1, at),
        subject(text, asked, at + 1),
        with < 0 ? Map.of() : context(text, text.substring(with + WITH.length()).strip()),
        List.of());
  }

  private static SubjectRef subject(String text, String asked, int from) {
    int end = asked.indexOf('[', from);
    if (end < 0) {
      return TupleText.subject(asked.substring(from));
    }
    Tuple.Caveat caveat = TupleText.parse(asked).caveat();
    if (caveat != null && !caveat.context().isEmpty()) {
      throw bad(text, "the context of a question stands after ' with '");
    }
    return TupleText.subject(asked.substring(from, end));
  }

  private static Map<String, Object> context(String text, String json) {
    try {
      Json.Prefix found = Json.readObject(json, 0);
      if (!json.substring(found.end()).isBlank()) {
        throw bad(text, "something follows the context");
      }
      return found.object();
    } catch (Json.Malformed e) {
      throw bad(text, "its context is malformed: " + e.getMessage());
    }
  }

  private static Invalid bad(String text, String rule) {
    return new Invalid(
        Invalid.Reason.QUESTION, "'" + text + "' is no question: " + rule, Map.of("value", text));
  }
}
