package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.Paths;
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
    return change(options, "POST", clientId, scope, "granted ");
  }

  @Command(name = "remove", description = "take a scope back")
  int remove(
      @Mixin AdminOptions options,
      @Option(names = "--client-id", required = true, paramLabel = "ID") String clientId,
      @Parameters(paramLabel = "action|resource") String scope) {
    return change(options, "DELETE", clientId, scope, "removed ");
  }

  @Command(name = "list", description = "list the grants of an application")
  int list(
      @Mixin AdminOptions options,
      @Option(names = "--client-id", required = true, paramLabel = "ID") String clientId) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode answer =
          admin.json("GET", "/v1/admin/grants?clientId=" + Paths.value(clientId), null);
      if (options.json()) {
        out().line(answer.toString());
      } else {
        answer.path("grants").forEach(g -> out().line(Out.safe(g)));
      }
    }
    return 0;
  }

  private int change(
      AdminOptions options, String method, String clientId, String scope, String done) {
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("clientId", clientId).put("scope", scope);
    try (AnvilHttp admin = options.connect()) {
      JsonNode answer = admin.json(method, "/v1/admin/grants", body);
      out().line(options.json() && answer != null ? answer.toString() : done + scope);
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
