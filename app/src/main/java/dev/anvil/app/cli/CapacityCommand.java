package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.AnvilHttp;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Usage and growth of each family of resources. */
@Command(
    name = "capacity",
    description = {
      "what each family of resources takes, and how it grows",
      "example: anvil capacity --data /srv/anvil"
    })
final class CapacityCommand implements Callable<Integer> {
  private static final double MIB = 1 << 20;

  @Spec private CommandSpec spec;
  @Mixin private AdminOptions options;

  @Override
  public Integer call() {
    try (AnvilHttp admin = options.connect()) {
      JsonNode c = admin.json("GET", "/v1/admin/capacity", null);
      Out out = new Out(spec);
      if (options.json()) {
        out.line(c.toString());
        return 0;
      }
      out.line(String.format("%-20s %12s %14s  %s", "FAMILY", "MIB", "MIB A DAY", "COUNTS"));
      c.path("families").forEach(f -> out.line(row(f)));
      out.line(String.format("%-20s %12s", "free on the disk", mib(c.path("freeBytes").asLong())));
      long days = c.path("daysLeft").asLong();
      out.line(
          days < 0
              ? "nothing grows, by samples since " + c.path("since").asText()
              : "full in "
                  + days
                  + " days at this growth, by samples since "
                  + c.path("since").asText());
    }
    return 0;
  }

  private static String row(JsonNode f) {
    long bytes = f.path("bytes").asLong();
    return String.format(
        "%-20s %12s %14s  %s",
        f.path("family").asText(),
        bytes < 0 ? "-" : mib(bytes),
        bytes < 0 ? "-" : mib(f.path("bytesADay").asLong()),
        f.path("note").asText());
  }

  private static String mib(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / MIB);
  }
}
