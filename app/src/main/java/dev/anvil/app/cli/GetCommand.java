package dev.anvil.app.cli;

import dev.anvil.app.transfer.Progress;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.AnvilException;
import dev.anvil.client.Download;
import dev.anvil.client.ReadOptions;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.transfer.TransferOptions;
import dev.anvil.client.transfer.Transfers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Download of one object. A file appears whole or not at all. */
@Command(
    name = "get",
    description = {
      "fetch an object; a large one comes in ranges, and after a cut goes on where it was",
      "example: anvil get docs/2026/report.pdf report.pdf"
    })
final class GetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(index = "0", paramLabel = "BUCKET/KEY")
  private String source;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "where to, or - for standard output (default)")
  private String file = "-";

  @Option(
      names = "--version-id",
      paramLabel = "ID",
      description = "a version other than the newest")
  private String version;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "ranges of a large object at once (default: ${DEFAULT-VALUE})")
  private int parallel = 4;

  @Override
  public Integer call() {
    Place place = Place.parse(source).withKey();
    if (parallel < 1) {
      throw new ClientException(ClientException.USAGE, "--parallel " + parallel + ": at least 1");
    }
    try (AnvilClient client = options.patient()) {
      if (file.equals("-")) {
        print(client, place);
      } else {
        fetch(client, place);
      }
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "the transfer broke off: " + e.getMessage());
    }
    return 0;
  }

  private void print(AnvilClient client, Place place) throws IOException {
    ReadOptions which = version == null ? ReadOptions.NONE : ReadOptions.NONE.version(version);
    try (Download download = client.objects(place.bucket()).get(place.key(), which)) {
      download.transferTo(System.out);
    }
    System.out.flush();
  }

  private void fetch(AnvilClient client, Place place) throws IOException {
    Progress progress = Progress.of(spec.commandLine().getErr(), options.json());
    TransferOptions how =
        TransferOptions.DEFAULT
            .atOnce(Math.min(parallel, TransferOptions.MOST_AT_ONCE))
            .version(version)
            .state(Profile.folder().resolve("transfers"))
            .progress(progress);
    try {
      new Transfers(client, place.bucket()).download(place.key(), target(place), how);
      progress.end();
    } catch (AnvilException.Unavailable | IOException e) {
      progress.brokeOff(spec.commandLine().getErr());
      throw e;
    }
  }

  private Path target(Place place) {
    Path target = Path.of(file).toAbsolutePath();
    if (Files.isDirectory(target)) {
      target = target.resolve(Path.of(place.key()).getFileName().toString());
    }
    if (!Files.isDirectory(target.getParent())) {
      throw new ClientException(
          ClientException.FAILED, "there is no folder " + target.getParent() + ": make it first");
    }
    return target;
  }
}
