package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.Tokens;
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
    try (AnvilClient client = options.client()) {
      Tokens.AccessToken token =
          scope == null ? client.tokens().issue() : client.tokens().issue(scope);
      new Out(spec).line(options.json() ? json(token) : token.token());
    }
    return 0;
  }

  /** As RFC 6749, 5.1, has it. */
  private static String json(Tokens.AccessToken token) {
    return Json.text(
        JsonNodeFactory.instance
            .objectNode()
            .put("access_token", token.token())
            .put("token_type", "Bearer")
            .put("expires_in", token.life().toSeconds())
            .put("scope", token.scope()));
  }

  /** As a shell reads it back whatever is in it. */
  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
