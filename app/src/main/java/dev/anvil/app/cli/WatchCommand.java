package dev.anvil.app.cli;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.Change;
import dev.anvil.client.Watch;
import dev.anvil.client.WatchOptions;
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
    return stream.follow(spec, options, this::open, WatchCommand::text);
  }

  private Watch open(AnvilClient client, WatchOptions how) {
    WatchOptions all = kinds == null ? how : how.kinds(kinds.split(","));
    if (where == null) {
      return client.watch(all);
    }
    Place place = Place.parse(where);
    return client.watch(place.bucket(), place.key(), all);
  }

  private static String text(Change change) {
    String what =
        !change.key().isEmpty()
            ? change.bucket() + "/" + Out.safe(change.key())
            : change.bucket().isEmpty() ? Out.safe(change.subject()) : change.bucket();
    return String.format(
        "%24s %-22s %12s  %s",
        change.committedAt(),
        change.kind(),
        change.etag().isEmpty() ? "" : Long.toString(change.size()),
        what);
  }
}
