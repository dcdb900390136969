package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.Paths;
import dev.anvil.client.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Listing of a bucket, page by page. */
@Command(
    name = "ls",
    description = {"list a bucket", "example: anvil ls docs/2026/"})
final class LsCommand implements Callable<Integer> {
  private static final int TIME_WIDTH = 24;
  private static final int SIZE_WIDTH = 12;

  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(paramLabel = "BUCKET[/PREFIX]")
  private String where;

  @Option(names = "--recursive", description = "every key instead of one level")
  private boolean recursive;

  @Override
  public Integer call() {
    Place place = Place.parse(where);
    String fixed =
        "?prefix=" + Paths.value(place.key()) + (recursive ? "" : "&delimiter=" + Paths.value("/"));
    Out out = new Out(spec);
    try (AnvilHttp api = options.connect()) {
      String token = null;
      do {
        String after = token == null ? "" : "&pageToken=" + Paths.value(token);
        JsonNode page = api.json("GET", place.bucketPath() + "/objects" + fixed + after, null);
        print(out, page);
        token = page.path("nextPageToken").asText(null);
      } while (token != null);
    }
    return 0;
  }

  private void print(Out out, JsonNode page) {
    if (options.json()) {
      out.line(Json.text(page));
      return;
    }
    page.path("commonPrefixes").forEach(p -> out.line(row("", "PREFIX", Out.safe(p))));
    page.path("objects")
        .forEach(o ->
            out.line(
                row(
                    o.path("lastModified").asText(),
                    Long.toString(o.path("size").asLong()),
                    Out.safe(o.path("key")))));
  }

  private static String row(String time, String size, String key) {
    return Out.right(time, TIME_WIDTH) + " " + Out.right(size, SIZE_WIDTH) + "  " + key;
  }
}
