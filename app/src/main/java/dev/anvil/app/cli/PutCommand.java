package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.app.transfer.LargeUpload;
import dev.anvil.app.transfer.Progress;
import dev.anvil.app.transfer.Unfinished;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Content;
import dev.anvil.client.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
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
    Map<String, String> headers = new LinkedHashMap<>();
    if (contentType != null) {
      headers.put("Content-Type", contentType);
    }
    if (ifAbsent) {
      headers.put("If-None-Match", "*");
    }
    // a connection that ends without an answer has it sent again: that must not store twice
    headers.put("Idempotency-Key", UUID.randomUUID().toString());
    try (AnvilHttp api = options.connect()) {
      JsonNode receipt = store(api, place, headers);
      new Out(spec)
          .line(
              options.json()
                  ? Json.text(receipt)
                  : "stored "
                      + Out.safe(place.bucket() + "/" + place.key())
                      + "  "
                      + receipt.path("size").asLong()
                      + " bytes  version "
                      + receipt.path("version").asText());
    }
    return 0;
  }

  private JsonNode store(AnvilHttp api, Place place, Map<String, String> headers) {
    try {
      Path path = Path.of(file);
      if (file.equals("-") || !Files.exists(path) || !LargeUpload.worthIt(Files.size(path))) {
        return api.upload(place.objectPath(), body(), headers);
      }
      String identity =
          LargeUpload.identity(api.base().toString(), path, place.bucket(), place.key());
      Progress progress =
          Progress.of(spec.commandLine().getErr(), Files.size(path), options.json());
      Unfinished unfinished = Unfinished.of(Profile.folder().resolve("transfers"), identity);
      headers.remove("Content-Type");
      JsonNode receipt =
          new LargeUpload(api, path, place.bucketPath(), place.key(), unfinished, progress)
              .run(parallel, contentType, headers);
      progress.end();
      return receipt;
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "file " + file + " cannot be read: " + e.getMessage());
    }
  }

  private Content body() throws IOException {
    if (file.equals("-")) {
      return Content.of(System.in);
    }
    try {
      return Content.of(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new ClientException(ClientException.FAILED, "file " + file + " does not exist");
    }
  }
}
