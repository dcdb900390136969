package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** An access token on stdout, for scripts and curl. */
@Command(
    name = "token",
    description = {
      "print an access token",
      "example: curl -H \"Authorization: Bearer $(anvil token)\" ..."
    })
final class TokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Option(
      names = "--scope",
      paramLabel = "'action|resource ...'",
      description = "scopes to ask for (default: all granted)")
  private String scope;

  @Override
  public Integer call() {
    JsonNode answer = options.token(scope);
    new Out(spec).line(options.json() ? answer.toString() : answer.path("access_token").asText());
    return 0;
  }
}
