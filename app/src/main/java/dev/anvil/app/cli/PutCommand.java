package dev.anvil.app.cli;

import dev.anvil.app.transfer.Progress;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.AnvilException;
import dev.anvil.client.Receipt;
import dev.anvil.client.WriteOptions;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Content;
import dev.anvil.client.transfer.TransferOptions;
import dev.anvil.client.transfer.Transfers;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Upload of one file. */
@Command(
    name = "put",
    description = {
      "store a file; a large one goes in parts, and after a cut goes on where it was",
      "example: anvil put report.pdf docs/2026/report.pdf",
      "example: tar c folder | anvil put - docs/folder.tar"
    })
final class PutCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(index = "0", paramLabel = "FILE", description = "a file, or - for standard input")
  private String file;

  @Parameters(index = "1", paramLabel = "BUCKET/KEY")
  private String target;

  @Option(names = "--content-type", paramLabel = "TYPE")
  private String contentType;

  @Option(names = "--if-absent", description = "refuse when the key exists")
  private boolean ifAbsent;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "parts of a large file at once (default: ${DEFAULT-VALUE})")
  private int parallel = 4;

  @Override
  public Integer call() {
    if (parallel < 1) {
      throw new ClientException(ClientException.USAGE, "--parallel " + parallel + ": at least 1");
    }
    if (file.equals("-") && (target.indexOf('/') < 0 || target.endsWith("/"))) {
      throw new ClientException(
          ClientException.USAGE, "standard input has no name: expected BUCKET/KEY");
    }
    Place place = Place.parse(target);
    if (place.key().isEmpty() || place.key().endsWith("/")) {
      place = new Place(place.bucket(), place.key() + Path.of(file).getFileName());
    }
    WriteOptions write = WriteOptions.NONE;
    if (contentType != null) {
      write = write.contentType(contentType);
    }
    if (ifAbsent) {
      write = write.ifAbsent();
    }
    try (AnvilClient client = options.patient()) {
      Receipt receipt = store(client, place, write);
      new Out(spec)
          .line(
              options.json()
                  ? options.answered()
                  : "stored "
                      + Out.safe(place.bucket() + "/" + place.key())
                      + "  "
                      + receipt.size()
                      + " bytes  version "
                      + receipt.version());
    }
    return 0;
  }

  private Receipt store(AnvilClient client, Place place, WriteOptions write) {
    if (file.equals("-")) {
      return client.objects(place.bucket()).put(place.key(), Content.of(System.in), write);
    }
    Progress progress = Progress.of(spec.commandLine().getErr(), options.json());
    TransferOptions how =
        TransferOptions.DEFAULT
            .atOnce(Math.min(parallel, TransferOptions.MOST_AT_ONCE))
            .write(write)
            .state(Profile.folder().resolve("transfers"))
            .progress(progress);
    try {
      Receipt receipt =
          new Transfers(client, place.bucket()).upload(Path.of(file), place.key(), how);
      progress.end();
      return receipt;
    } catch (AnvilException.Unavailable e) {
      progress.brokeOff(spec.commandLine().getErr());
      throw e;
    } catch (NoSuchFileException e) {
      throw new ClientException(ClientException.FAILED, "file " + file + " does not exist");
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "file " + file + " cannot be stored: " + e.getMessage());
    }
  }
}
