package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.Paths;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes as they happen; reconnects by itself and goes on where it was. */
@Command(
    name = "watch",
    description = {
      "print every change of a bucket, or of all the tenant's",
      "example: anvil watch docs/2026/ --kinds object.put --cursor-file docs.cursor"
    })
final class WatchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;
  @Mixin private ChangeStream stream;

  @Parameters(
      paramLabel = "BUCKET[/PREFIX]",
      arity = "0..1",
      description = "all buckets of the tenant if absent")
  private String where;

  @Option(
      names = "--kinds",
      paramLabel = "KIND,...",
      description = "only these, for example object.put,manifest.*")
  private String kinds;

  @Override
  public Integer call() {
    StringBuilder path = new StringBuilder();
    if (where == null) {
      path.append("/v1/watch?");
    } else {
      Place place = Place.parse(where);
      path.append(place.bucketPath()).append("/watch?prefix=").append(Paths.value(place.key()));
    }
    if (kinds != null) {
      path.append("&kinds=").append(Paths.value(kinds));
    }
    return stream.follow(spec, options, path.toString(), WatchCommand::text);
  }

  private static String text(JsonNode change) {
    String what =
        change.hasNonNull("key")
            ? change.path("bucket").asText() + "/" + Out.safe(change.path("key"))
            : change.hasNonNull("bucket")
                ? change.path("bucket").asText()
                : Out.safe(change.path("subject"));
    return String.format(
        "%24s %-22s %12s  %s",
        change.path("committedAt").asText(),
        change.path("kind").asText(),
        change.path("size").asText(""),
        what);
  }
}
