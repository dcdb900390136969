package dev.anvil.app.cli;

import dev.anvil.client.Admin;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.http.ClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tokens. */
@Command(name = "token", description = "end tokens before their time")
final class AdminTokenCommand {
  private static final int MAX_TOKEN_BYTES = 16 << 10;

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
    String why = reason == null ? "" : reason;
    Instant before = issuedBefore == null ? null : time(issuedBefore);
    try (AnvilClient client = options.client()) {
      Admin admin = client.admin();
      String said;
      if (clientId != null) {
        Instant from = admin.applications(tenant).revokeTokens(clientId, before, why);
        said = "tokens issued before " + from + " are refused";
      } else if (stdin) {
        said = "token " + admin.revokeToken(read(), why) + " is refused from now on";
      } else {
        admin.revokeTokenId(id, why);
        said = "token " + id + " is refused from now on";
      }
      new Out(spec).line(options.json() ? options.answered() : said);
    }
    return 0;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new ClientException(
          ClientException.USAGE,
          "--issued-before " + text + ": expected a time such as 2026-01-31T12:00:00Z");
    }
  }

  private static String read() {
    try {
      byte[] bytes = System.in.readNBytes(MAX_TOKEN_BYTES);
      return new String(bytes, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "the token cannot be read from stdin: " + e.getMessage());
    }
  }
}
