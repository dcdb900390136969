package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.app.client.AnvilHttp;
import dev.anvil.app.client.Paths;
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
      out.line(page.toString());
      return;
    }
    page.path("commonPrefixes")
        .forEach(p -> out.line(String.format("%24s %12s  %s", "", "PREFIX", Out.safe(p))));
    page.path("objects")
        .forEach(o ->
            out.line(
                String.format(
                    "%24s %12d  %s",
                    o.path("lastModified").asText(),
                    o.path("size").asLong(),
                    Out.safe(o.path("key")))));
  }
}
