package dev.anvil.app.cli;

import dev.anvil.client.AnvilClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Grants: the scopes an application may put into its tokens. */
@Command(name = "grant", description = "add, remove and list grants of an application")
final class AdminGrantCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "add",
      description = {
        "grant a scope",
        "example: anvil admin grant add --client-id ID 'object:read|bucket:docs/*'"
      })
  int add(
      @Mixin AdminOptions options,
      @Option(names = "--client-id", required = true, paramLabel = "ID") String clientId,
      @Parameters(paramLabel = "action|resource") String scope) {
    try (AnvilClient client = options.client()) {
      client.admin().addGrant(clientId, scope, "");
      out().line(options.json() ? options.answered() : "granted " + scope);
    }
    return 0;
  }

  @Command(name = "remove", description = "take a scope back")
  int remove(
      @Mixin AdminOptions options,
      @Option(names = "--client-id", required = true, paramLabel = "ID") String clientId,
      @Parameters(paramLabel = "action|resource") String scope) {
    try (AnvilClient client = options.client()) {
      client.admin().removeGrant(clientId, scope, "");
      out().line(options.json() ? options.answered() : "removed " + scope);
    }
    return 0;
  }

  @Command(name = "list", description = "list the grants of an application")
  int list(
      @Mixin AdminOptions options,
      @Option(names = "--client-id", required = true, paramLabel = "ID") String clientId) {
    try (AnvilClient client = options.client()) {
      List<String> scopes = client.admin().grants(clientId);
      if (options.json()) {
        out().line(options.answered());
      } else {
        scopes.forEach(scope -> out().line(Out.safe(scope)));
      }
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
