package dev.anvil.app.cli;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.BucketObjects;
import dev.anvil.client.Receipt;
import java.util.Optional;
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
    try (AnvilClient client = options.client()) {
      BucketObjects objects = client.objects(place.bucket());
      Optional<Receipt> receipt =
          version == null
              ? objects.delete(place.key())
              : objects.deleteVersion(place.key(), version);
      String said = receipt.isEmpty() ? "nothing to remove at " : "removed ";
      new Out(spec)
          .line(
              options.json()
                  ? options.answered()
                  : said + Out.safe(place.bucket() + "/" + place.key()));
    }
    return 0;
  }
}
