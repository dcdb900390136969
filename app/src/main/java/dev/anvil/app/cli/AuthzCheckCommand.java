package dev.anvil.app.cli;

import dev.anvil.app.authz.TraceTree;
import dev.anvil.client.Answer;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.Consistency;
import dev.anvil.client.Question;
import dev.anvil.client.Relationships;
import dev.anvil.client.Trace;
import dev.anvil.client.http.ClientException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One question. */
@Command(
    name = "check",
    description = {
      "answer a question: allowed, denied or conditional",
      "example: anvil authz check document:readme#view@user:anna",
      "example: anvil authz check document:readme#view@user:anna --context '{\"hour\": 10}'"
          + " --explain"
    })
final class AuthzCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(paramLabel = "QUESTION", description = "type:id#permission@type:id")
  private String question;

  @Option(names = "--context", paramLabel = "JSON", description = "values for conditions")
  private String context;

  @Option(
      names = "--tuple",
      paramLabel = "TUPLE",
      description = "counts for this question alone; may be repeated")
  private List<String> tuples = List.of();

  @Option(names = "--at-least", paramLabel = "TOKEN", description = "this revision or later")
  private String token;

  @Option(names = "--at", paramLabel = "TOKEN", description = "exactly this revision")
  private String exact;

  @Option(names = "--explain", description = "draw how the answer came about")
  private boolean explain;

  @Option(
      names = "--require",
      paramLabel = "RESULT",
      description = "exit with 1 unless the answer is this")
  private String required;

  @Override
  public Integer call() {
    if (token != null && exact != null) {
      throw new ClientException(ClientException.USAGE, "--at and --at-least exclude each other");
    }
    Consistency when =
        exact != null
            ? Consistency.at(exact)
            : token != null ? Consistency.atLeast(token) : Consistency.FULL;
    Question asked = AuthzQuestion.of(question, context).tuples(tuples);
    try (AnvilClient client = options.client()) {
      Answer answer;
      Trace trace = null;
      if (explain) {
        Relationships.Explained explained = client.relationships().explain(asked, when);
        answer = explained.answer();
        trace = explained.trace();
      } else {
        answer = client.relationships().check(asked, when).answer();
      }
      Out out = new Out(spec);
      if (options.json()) {
        out.line(options.answered());
      } else {
        print(out, answer, trace);
      }
      boolean met = required == null || required.equals(outcome(answer));
      return met && answer.failure() == null ? 0 : ClientException.FAILED;
    }
  }

  private static String outcome(Answer answer) {
    return answer.outcome() == null ? "error" : answer.outcome().name().toLowerCase(Locale.ROOT);
  }

  private static void print(Out out, Answer answer, Trace trace) {
    StringBuilder line = new StringBuilder(outcome(answer));
    if (!answer.missing().isEmpty()) {
      line.append("; needs ").append(AuthzQuestion.names(answer.missing()));
    }
    if (!answer.reason().isEmpty()) {
      line.append("; ").append(answer.reason().replace('_', ' '));
    }
    if (answer.failure() != null) {
      line.append("; ").append(Out.safe(answer.failure().detail()));
    }
    out.line(line.toString());
    if (trace != null) {
      TraceTree.lines(trace, Out.coloured()).forEach(out::line);
    }
  }
}
