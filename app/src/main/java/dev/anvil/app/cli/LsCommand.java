package dev.anvil.app.cli;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.Listing;
import dev.anvil.client.ObjectSummary;
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
    description = {"list buckets, or what is in one", "example: anvil ls docs/2026/"})
final class LsCommand implements Callable<Integer> {
  private static final int TIME_WIDTH = 24;
  private static final int SIZE_WIDTH = 12;

  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(paramLabel = "BUCKET[/PREFIX]", arity = "0..1", description = "all buckets if absent")
  private String where;

  @Option(names = "--recursive", description = "every key instead of one level")
  private boolean recursive;

  @Override
  public Integer call() {
    Out out = new Out(spec);
    try (AnvilClient client =
        options.client(answer -> {
          if (options.json()) {
            out.line(answer);
          }
        })) {
      if (where == null) {
        client.buckets().list().forEachRemaining(b -> person(out, Out.safe(b.name()) + "/"));
        return 0;
      }
      Place place = Place.parse(where);
      Listing<ObjectSummary> all =
          client.objects(place.bucket()).list(place.key(), recursive ? "" : "/");
      all.forEachRemaining(o -> person(out, line(o)));
    }
    return 0;
  }

  private void person(Out out, String line) {
    if (!options.json()) {
      out.line(line);
    }
  }

  private static String line(ObjectSummary o) {
    return o.folder()
        ? row("", "PREFIX", Out.safe(o.key()))
        : row(o.lastModified().toString(), Long.toString(o.size()), Out.safe(o.key()));
  }

  private static String row(String time, String size, String key) {
    return Out.right(time, TIME_WIDTH) + " " + Out.right(size, SIZE_WIDTH) + "  " + key;
  }
}
