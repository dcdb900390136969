package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copy of an object inside the server. */
@Command(
    name = "cp",
    description = {
      "copy an object inside the server",
      "example: anvil cp docs/2026/report.pdf archive/2026/"
    })
final class CpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(index = "0", paramLabel = "BUCKET/KEY", description = "what")
  private String source;

  @Parameters(index = "1", paramLabel = "BUCKET/KEY", description = "where to; a folder ends in /")
  private String target;

  @Option(
      names = "--version-id",
      paramLabel = "ID",
      description = "a version other than the newest")
  private String version;

  @Override
  public Integer call() {
    Place from = Place.parse(source).withKey();
    Place to = Place.parse(target);
    if (to.key().isEmpty() || to.key().endsWith("/")) {
      String name = from.key().substring(from.key().lastIndexOf('/') + 1);
      to = new Place(to.bucket(), to.key() + name);
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode of = body.putObject("source").put("bucket", from.bucket()).put("key", from.key());
    if (version != null) {
      of.put("version", version);
    }
    try (AnvilHttp api = options.connect()) {
      JsonNode done = api.json("POST", to.objectPath() + ":copy", body);
      String said =
          "copied to "
              + Out.safe(to.bucket() + "/" + to.key())
              + "  version "
              + done.path("receipt").path("version").asText();
      new Out(spec).line(options.json() ? Json.text(done) : said);
    }
    return 0;
  }
}
