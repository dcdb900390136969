package dev.anvil.app.cli;

import dev.anvil.client.AdminTenants;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.json.Json;
import java.util.function.Consumer;
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
    try (AnvilClient client = options.client()) {
      client.admin().tenants().create(name);
      out().line(options.json() ? options.answered() : "tenant " + name + " created");
    }
    return 0;
  }

  @Command(name = "list", description = "list tenants")
  int list(@Mixin AdminOptions options) {
    try (AnvilClient client =
        options.client(answer -> {
          if (options.json()) {
            out().line(answer);
          }
        })) {
      client
          .admin()
          .tenants()
          .list()
          .forEachRemaining(t -> {
            if (!options.json()) {
              out().line(line(t));
            }
          });
    }
    return 0;
  }

  private static String line(AdminTenants.Tenant t) {
    String state = t.deleting() ? "  (being deleted)" : t.suspended() ? "  (suspended)" : "";
    return Out.safe(t.name()) + state;
  }

  @Command(name = "suspend", description = "refuse a tenant's applications from now on")
  int suspend(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", paramLabel = "TEXT") String reason) {
    return change(options, name, "suspended", t -> t.suspend(name, text(reason)));
  }

  @Command(name = "resume", description = "let a suspended tenant go on")
  int resume(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", paramLabel = "TEXT") String reason) {
    return change(options, name, "resumed", t -> t.resume(name, text(reason)));
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
    return change(options, name, "is being deleted", t -> t.delete(name, text(reason)));
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
    var limits = new AdminTenants.Limits(requests, bytesIn, bytesOut, quotaBytes, quotaObjects);
    try (AnvilClient client = options.client()) {
      client.admin().tenants().limit(name, limits);
      String now = Json.text(JsonLines.of(options.answered(), "limits"));
      out().line(options.json() ? options.answered() : "limits " + now);
    }
    return 0;
  }

  private static String text(String reason) {
    return reason == null ? "" : reason;
  }

  private int change(
      AdminOptions options, String name, String done, Consumer<AdminTenants> change) {
    try (AnvilClient client = options.client()) {
      change.accept(client.admin().tenants());
      out().line(options.json() ? options.answered() : "tenant " + name + " " + done);
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
