package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A watch as a stream that is read line by line. */
final class WatchStream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  WatchStream(HttpClient client, URI uri, String token, Map<String, String> headers)
      throws Exception {
    var request = HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
    headers.forEach(request::header);
    response = client.send(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  String type() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  String line() throws IOException {
    return lines.readLine();
  }

  /** The next document. */
  JsonNode next() throws IOException {
    while (true) {
      String line = line();
      assertThat(line).as("the stream goes on").isNotNull();
      String text = line.startsWith("data: ") ? line.substring(6) : line;
      if (text.startsWith("{")) {
        return JSON.readTree(text);
      }
    }
  }

  /** The next document of that type. */
  JsonNode next(String type) throws IOException {
    JsonNode document = next();
    while (!document.path("type").asText().equals(type)) {
      document = next();
    }
    return document;
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
