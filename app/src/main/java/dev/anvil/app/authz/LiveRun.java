package dev.anvil.app.authz;

import dev.anvil.app.authz.AssertionRun.Outcome;
import dev.anvil.app.authz.AssertionRun.Report;
import dev.anvil.app.authz.ValidationFile.Assertion;
import dev.anvil.app.authz.ValidationFile.Line;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.values.Json;
import dev.anvil.client.Answer;
import dev.anvil.client.http.ClientException;
import dev.anvil.ports.failure.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Asks a server the assertions of a file, in batches of one revision each. */
public final class LiveRun {
  private static final int BATCH = 200;

  private LiveRun() {}

  /**
   * Asks all.
   *
   * @param with whether the relationships of the file count as well
   * @param batch answers questions, all at one revision
   */
  public static Report of(
      ValidationFile file,
      boolean with,
      Function<List<dev.anvil.client.Question>, List<Answer>> batch) {
    int most = AuthzLimits.DEFAULT.question().contextualTuples();
    if (with && file.relationships().size() > most) {
      throw new ClientException(
          ClientException.USAGE,
          "a question takes at most " + most + " relationships of its own; write them first");
    }
    List<Line> tuples = with ? file.relationships() : List.of();
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < file.assertions().size(); i += BATCH) {
      List<Assertion> some =
          file.assertions().subList(i, Math.min(i + BATCH, file.assertions().size()));
      ask(some, tuples, batch, outcomes);
    }
    return new Report(outcomes, file.unread());
  }

  private static void ask(
      List<Assertion> some,
      List<Line> tuples,
      Function<List<dev.anvil.client.Question>, List<Answer>> batch,
      List<Outcome> outcomes) {
    List<dev.anvil.client.Question> asked = new ArrayList<>();
    List<Outcome> told = new ArrayList<>();
    for (Assertion a : some) {
      try {
        asked.add(question(Questions.parse(a.text()), tuples));
        told.add(null);
      } catch (Invalid e) {
        told.add(new Outcome(a, "error", e.code().wire() + ": " + e.getMessage()));
      }
    }
    List<Answer> answers = asked.isEmpty() ? List.of() : batch.apply(asked);
    int next = 0;
    for (int i = 0; i < some.size(); i++) {
      outcomes.add(told.get(i) != null ? told.get(i) : outcome(some.get(i), answers.get(next++)));
    }
  }

  private static dev.anvil.client.Question question(Question q, List<Line> tuples) {
    var question =
        dev.anvil.client.Question.of(
                q.resource().toString(), q.permission(), q.subject().toString())
            .tuples(tuples.stream().map(Line::text).toList());
    return q.context().isEmpty() ? question : question.context(Json.write(q.context()));
  }

  private static Outcome outcome(Assertion a, Answer answer) {
    if (answer.failure() != null) {
      return new Outcome(a, "error", answer.failure().getMessage());
    }
    return new Outcome(
        a, answer.outcome().name().toLowerCase(Locale.ROOT), String.join(", ", answer.missing()));
  }
}
