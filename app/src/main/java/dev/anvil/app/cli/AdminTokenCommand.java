package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import dev.anvil.client.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tokens. */
@Command(name = "token", description = "end tokens before their time")
final class AdminTokenCommand {
  private static final int MAX_TOKEN = 16 << 10;

  @Spec private CommandSpec spec;

  @Command(
      name = "revoke",
      description = {
        "end one token by its id, one that is read from stdin, or all of an application",
        "example: anvil admin token revoke --id 0f3c...",
        "example: anvil admin token revoke --stdin < token.txt",
        "example: anvil admin token revoke --tenant acme --client-id ID"
      })
  int revoke(
      @Mixin AdminOptions options,
      @Option(names = "--id", paramLabel = "JTI") String id,
      @Option(names = "--stdin", description = "read the token from standard input") boolean stdin,
      @Option(names = "--tenant", paramLabel = "T") String tenant,
      @Option(names = "--client-id", paramLabel = "ID") String clientId,
      @Option(
              names = "--issued-before",
              paramLabel = "TIME",
              description = "with --client-id: only tokens issued before (default: now)")
          String issuedBefore,
      @Option(names = "--reason", paramLabel = "TEXT") String reason) {
    int ways = (id == null ? 0 : 1) + (stdin ? 1 : 0) + (clientId == null ? 0 : 1);
    if (ways != 1 || (clientId == null) != (tenant == null)) {
      throw new ClientException(
          ClientException.USAGE,
          "name the tokens one way: --id JTI, --stdin, or --tenant T --client-id ID");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    String path = "/v1/admin/tokens:revoke";
    if (clientId != null) {
      path =
          "/v1/admin/tenants/"
              + Paths.value(tenant)
              + "/applications/"
              + Paths.value(clientId)
              + ":revoke-tokens";
      body.put("issuedBefore", issuedBefore);
    } else {
      body.put("tokenId", id).put("token", stdin ? read() : null);
    }
    try (AnvilHttp admin = options.connect()) {
      JsonNode done = admin.json("POST", path, body.put("reason", reason));
      new Out(spec)
          .line(
              options.json()
                  ? Json.text(done)
                  : done.has("tokenId")
                      ? "token " + done.path("tokenId").asText() + " is refused from now on"
                      : "tokens issued before "
                          + done.path("tokensFrom").asText()
                          + " are refused");
    }
    return 0;
  }

  private static String read() {
    try {
      byte[] bytes = System.in.readNBytes(MAX_TOKEN);
      return new String(bytes, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "the token cannot be read from stdin: " + e.getMessage());
    }
  }
}
