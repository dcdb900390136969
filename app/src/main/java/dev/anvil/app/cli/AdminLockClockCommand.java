package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The clock that ends locks. */
@Command(name = "lock-clock", description = "the clock that ends locks of versions")
final class AdminLockClockCommand {
  @Spec private CommandSpec spec;

  @Command(name = "show", description = "show it, and by how much the wall clock leads")
  int show(@Mixin AdminOptions options) {
    return run(options, "GET", "/v1/admin/lock-clock");
  }

  @Command(
      name = "confirm",
      description = "believe the wall clock; look first why it leads: locks end by it")
  int confirm(@Mixin AdminOptions options) {
    return run(options, "POST", "/v1/admin/lock-clock:confirm");
  }

  private int run(AdminOptions options, String method, String path) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode clock = admin.json(method, path, null);
      new Out(spec)
          .line(
              options.json()
                  ? Json.text(clock)
                  : Out.safe(clock.path("now"))
                      + " lead="
                      + clock.path("leadSeconds").asLong()
                      + "s");
    }
    return 0;
  }
}
