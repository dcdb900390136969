package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.Paths;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removal of one object, or of one version of it. */
@Command(
    name = "rm",
    description = {"remove an object", "example: anvil rm docs/2026/report.pdf"})
final class RmCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(paramLabel = "BUCKET/KEY")
  private String target;

  @Option(names = "--version-id", paramLabel = "ID", description = "remove just this version")
  private String version;

  @Override
  public Integer call() {
    Place place = Place.parse(target).withKey();
    String query = version == null ? "" : "?version=" + Paths.value(version);
    try (AnvilHttp api = options.connect()) {
      // a connection that ends without an answer has it sent again: that must not remove twice
      var once = Map.of("Idempotency-Key", UUID.randomUUID().toString());
      JsonNode receipt = api.json("DELETE", place.objectPath() + query, null, once);
      String name = Out.safe(place.bucket() + "/" + place.key());
      new Out(spec).line(options.json() ? String.valueOf(receipt) : said(receipt) + name);
    }
    return 0;
  }

  private static String said(JsonNode receipt) {
    return receipt == null ? "nothing to remove at " : "removed ";
  }
}
