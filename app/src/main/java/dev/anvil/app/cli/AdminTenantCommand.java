package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.anvil.app.client.AnvilHttp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tenants. */
@Command(name = "tenant", description = "create and list tenants")
final class AdminTenantCommand {
  @Spec private CommandSpec spec;

  @Command(name = "create", description = "create a tenant: anvil admin tenant create acme")
  int create(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "NAME", description = "3-63 of a-z, 0-9 and '-'") String name) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode made =
          admin.json(
              "POST", "/v1/admin/tenants", JsonNodeFactory.instance.objectNode().put("name", name));
      out().line(options.json() ? made.toString() : "tenant " + name + " created");
    }
    return 0;
  }

  @Command(name = "list", description = "list tenants")
  int list(@Mixin AdminOptions options) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode answer = admin.json("GET", "/v1/admin/tenants", null);
      if (options.json()) {
        out().line(answer.toString());
      } else {
        answer.path("tenants").forEach(t -> out().line(Out.safe(t.path("name"))));
      }
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
