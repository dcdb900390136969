package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.app.client.AnvilHttp;
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
      "example: anvil authz check document:readme#view@user:anna"
    })
final class AuthzCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(paramLabel = "QUESTION")
  private String question;

  @Option(names = "--context", paramLabel = "JSON", description = "values for conditions")
  private String context;

  @Option(names = "--at-least", paramLabel = "TOKEN", description = "this revision or later")
  private String token;

  @Override
  public Integer call() {
    ObjectNode body = AuthzQuestion.of(question, context);
    if (token != null) {
      body.putObject("consistency").put("mode", "at_least_as_fresh").put("token", token);
    }
    try (AnvilHttp api = options.connect()) {
      JsonNode answer = api.json("POST", "/v1/authz/check", body);
      String missing = answer.has("missing") ? " " + answer.get("missing") : "";
      new Out(spec)
          .line(options.json() ? answer.toString() : answer.path("result").asText() + missing);
    }
    return 0;
  }
}
