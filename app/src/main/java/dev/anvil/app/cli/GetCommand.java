package dev.anvil.app.cli;

import dev.anvil.app.transfer.LargeDownload;
import dev.anvil.app.transfer.Progress;
import dev.anvil.app.transfer.Unfinished;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import dev.anvil.client.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
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
    String query = version == null ? "" : "?version=" + Paths.value(version);
    try (AnvilHttp api = options.connect()) {
      if (!file.equals("-") && large(api, place.objectPath(), query)) {
        return 0;
      }
      Reply answer = api.download(place.objectPath() + query, Map.of());
      long expected = answer.length();
      try (InputStream in = answer.body()) {
        long got = file.equals("-") ? in.transferTo(System.out) : toFile(in, expected);
        check(expected, got);
      }
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "the transfer broke off: " + e.getMessage());
    }
    return 0;
  }

  private boolean large(AnvilHttp api, String path, String query) throws IOException {
    Reply head = api.head(path + query);
    long size = head.length();
    String newest = head.header("Anvil-Version").orElse(null);
    if (!LargeDownload.worthIt(size) || newest == null) {
      return false;
    }
    String one = path + "?version=" + Paths.value(newest);
    Path target = target();
    Unfinished unfinished =
        Unfinished.of(
            Profile.folder().resolve("transfers"),
            LargeDownload.identity(api.base().toString(), one, target));
    Progress progress = Progress.of(spec.commandLine().getErr(), size, options.json());
    new LargeDownload(api, one, unfinished, progress).run(target, size, parallel);
    progress.end();
    return true;
  }

  private Path target() {
    Path target = Path.of(file).toAbsolutePath();
    if (Files.isDirectory(target)) {
      Path name = Path.of(Place.parse(source).key()).getFileName();
      target = target.resolve(name.toString());
    }
    return target;
  }

  private long toFile(InputStream in, long expected) throws IOException {
    Path target = target();
    Path part = Files.createTempFile(target.getParent(), ".anvil-", ".part");
    try {
      long got = Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      check(expected, got);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      return got;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void check(long expected, long got) {
    if (expected >= 0 && expected != got) {
      throw new ClientException(
          ClientException.FAILED,
          "the transfer broke off after " + got + " of " + expected + " bytes");
    }
  }
}
