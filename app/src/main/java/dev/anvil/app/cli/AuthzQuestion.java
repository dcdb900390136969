package dev.anvil.app.cli;

import dev.anvil.client.Question;
import dev.anvil.client.http.ClientException;
import java.util.List;
import java.util.stream.Collectors;

/** A question in text, {@code document:readme#view@user:anna}. */
final class AuthzQuestion {
  private AuthzQuestion() {}

  /**
   * The question.
   *
   * @param context JSON object, or null
   */
  static Question of(String text, String context) {
    try {
      Question question = Question.parse(text);
      return context == null ? question : question.context(context);
    } catch (IllegalArgumentException e) {
      throw new ClientException(ClientException.USAGE, e.getMessage());
    }
  }

  /** Names of a list, for people. */
  static String names(List<String> list) {
    return list.stream().map(Out::safe).collect(Collectors.joining(", "));
  }
}
