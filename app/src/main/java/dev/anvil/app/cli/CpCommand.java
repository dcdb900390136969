package dev.anvil.app.cli;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.CopySource;
import dev.anvil.client.Receipt;
import dev.anvil.client.WriteOptions;
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
    CopySource what = CopySource.of(from.bucket(), from.key());
    try (AnvilClient client = options.client()) {
      Receipt receipt =
          client
              .objects(to.bucket())
              .copy(version == null ? what : what.version(version), to.key(), WriteOptions.NONE);
      String said =
          "copied to " + Out.safe(to.bucket() + "/" + to.key()) + "  version " + receipt.version();
      new Out(spec).line(options.json() ? options.answered() : said);
    }
    return 0;
  }
}
