package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.app.client.AnvilHttp;
import dev.anvil.app.client.ClientException;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
    description = {"store a file", "example: anvil put report.pdf docs/2026/report.pdf"})
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

  @Override
  public Integer call() {
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
    try (AnvilHttp api = options.connect()) {
      JsonNode receipt = api.upload(place.objectPath(), body(), headers);
      new Out(spec)
          .line(
              options.json()
                  ? receipt.toString()
                  : "stored "
                      + Out.safe(place.bucket() + "/" + place.key())
                      + "  "
                      + receipt.path("size").asLong()
                      + " bytes  version "
                      + receipt.path("version").asText());
    }
    return 0;
  }

  private BodyPublisher body() {
    if (file.equals("-")) {
      return BodyPublishers.ofInputStream(() -> System.in);
    }
    try {
      return BodyPublishers.ofFile(Path.of(file));
    } catch (FileNotFoundException e) {
      throw new ClientException(ClientException.FAILED, "file " + file + " does not exist");
    }
  }
}
