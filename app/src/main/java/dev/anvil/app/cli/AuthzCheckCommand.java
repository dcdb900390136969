package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.app.authz.TraceTree;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import java.util.List;
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
    ObjectNode body = AuthzQuestion.of(question, context);
    if (token != null && exact != null) {
      throw new ClientException(ClientException.USAGE, "--at and --at-least exclude each other");
    }
    if (token != null || exact != null) {
      body.putObject("consistency")
          .put("mode", exact != null ? "at_exact_snapshot" : "at_least_as_fresh")
          .put("token", exact != null ? exact : token);
    }
    tuples.forEach(body.withArray("contextualTuples")::add);
    body.put("explain", explain);
    try (AnvilHttp api = options.connect()) {
      JsonNode answer = api.json("POST", "/v1/authz/check", body);
      Out out = new Out(spec);
      if (options.json()) {
        out.line(answer.toString());
      } else {
        print(out, answer);
      }
      boolean met = required == null || required.equals(answer.path("result").asText());
      return met && !answer.has("error") ? 0 : ClientException.FAILED;
    }
  }

  private static void print(Out out, JsonNode answer) {
    StringBuilder line = new StringBuilder(answer.path("result").asText());
    if (answer.has("missing")) {
      line.append("; needs ").append(AuthzQuestion.names(answer.get("missing")));
    }
    if (answer.has("reason")) {
      line.append("; ").append(answer.get("reason").asText().replace('_', ' '));
    }
    if (answer.has("error")) {
      line.append("; ").append(Out.safe(answer.path("error").path("detail")));
    }
    out.line(line.toString());
    if (answer.has("trace")) {
      TraceTree.lines(answer.get("trace"), Out.coloured()).forEach(out::line);
    }
  }
}
