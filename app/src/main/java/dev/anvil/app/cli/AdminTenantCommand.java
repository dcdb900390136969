package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import dev.anvil.client.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tenants. */
@Command(name = "tenant", description = "create, list, suspend, resume, limit and delete tenants")
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
      out().line(options.json() ? Json.text(made) : "tenant " + name + " created");
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
        answer.path("tenants").forEach(t -> out().line(line(t)));
      }
    }
    return 0;
  }

  private static String line(JsonNode t) {
    String state =
        t.path("deleting").asBoolean()
            ? "  (being deleted)"
            : t.path("suspended").asBoolean() ? "  (suspended)" : "";
    return Out.safe(t.path("name")) + state;
  }

  @Command(name = "suspend", description = "refuse a tenant's applications from now on")
  int suspend(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", paramLabel = "TEXT") String reason) {
    return change(options, "POST", name, ":suspend", reason, "suspended");
  }

  @Command(name = "resume", description = "let a suspended tenant go on")
  int resume(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", paramLabel = "TEXT") String reason) {
    return change(options, "POST", name, ":resume", reason, "resumed");
  }

  @Command(
      name = "delete",
      description = {
        "delete a tenant with all it holds; refused at once, erased in the background",
        "example: anvil admin tenant delete acme --yes"
      })
  int delete(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--yes", description = "it cannot be undone: say that you mean it")
          boolean yes,
      @Option(names = "--reason", paramLabel = "TEXT") String reason) {
    if (!yes) {
      throw new ClientException(
          ClientException.USAGE,
          "deleting tenant '" + name + "' erases its buckets and applications: add --yes");
    }
    return change(options, "DELETE", name, "", reason, "is being deleted");
  }

  @Command(
      name = "limits",
      description = {
        "say what a tenant may use; what is left out is the node's usual rate, or no quota",
        "example: anvil admin tenant limits acme --quota-bytes 1000000000 --requests 500"
      })
  int limits(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--requests", paramLabel = "N", description = "a second") Long requests,
      @Option(names = "--bytes-in", paramLabel = "N", description = "a second") Long bytesIn,
      @Option(names = "--bytes-out", paramLabel = "N", description = "a second") Long bytesOut,
      @Option(names = "--quota-bytes", paramLabel = "N", description = "in all buckets")
          Long quotaBytes,
      @Option(names = "--quota-objects", paramLabel = "N", description = "in all buckets")
          Long quotaObjects) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("requestsPerSecond", requests)
            .put("bytesInPerSecond", bytesIn)
            .put("bytesOutPerSecond", bytesOut)
            .put("quotaBytes", quotaBytes)
            .put("quotaObjects", quotaObjects);
    try (AnvilHttp admin = options.connect()) {
      JsonNode now = admin.json("PUT", "/v1/admin/tenants/" + Paths.value(name) + "/limits", body);
      out().line(options.json() ? Json.text(now) : "limits " + now.path("limits"));
    }
    return 0;
  }

  private int change(
      AdminOptions options, String method, String name, String verb, String reason, String done) {
    String path = "/v1/admin/tenants/" + Paths.value(name) + verb;
    boolean document = method.equals("POST");
    String query = document || reason == null ? "" : "?reason=" + Paths.value(reason);
    try (AnvilHttp admin = options.connect()) {
      JsonNode now =
          admin.json(
              method,
              path + query,
              document ? JsonNodeFactory.instance.objectNode().put("reason", reason) : null);
      out().line(options.json() ? Json.text(now) : "tenant " + name + " " + done);
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
