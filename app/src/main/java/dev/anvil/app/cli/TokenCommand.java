package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.json.Json;
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
      "example: curl -H \"Authorization: Bearer $(anvil token)\" ...",
      "example: eval \"$(anvil token --aws)\" && aws s3 ls"
    })
final class TokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Option(
      names = "--scope",
      paramLabel = "'action|resource ...'",
      description = "scopes to ask for (default: all granted)")
  private String scope;

  @Option(
      names = "--aws",
      description = "print address, id and secret as variables of aws-cli and the SDKs instead")
  private boolean aws;

  @Override
  public Integer call() {
    if (aws) {
      Profile p = options.credentials();
      Out out = new Out(spec);
      out.line("export AWS_ENDPOINT_URL=" + quoted(p.endpoint()));
      out.line("export AWS_ACCESS_KEY_ID=" + quoted(p.clientId()));
      out.line("export AWS_SECRET_ACCESS_KEY=" + quoted(p.clientSecret()));
      out.line("unset AWS_SESSION_TOKEN AWS_PROFILE");
      return 0;
    }
    JsonNode answer = options.token(scope);
    new Out(spec).line(options.json() ? Json.text(answer) : answer.path("access_token").asText());
    return 0;
  }

  /** As a shell reads it back whatever is in it. */
  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
