package dev.anvil.features.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client of one watch that remembers the cursor it is good for. */
final class WatchClient {
  private static final JsonMapper JSON = new JsonMapper();

  private final String path;
  private String cursor;
  private BufferedReader stream;

  WatchClient(String bucket, String prefix, String cursor) {
    this.path = "/v1/buckets/" + bucket + "/watch?heartbeat=1&prefix=" + Keys.encode(prefix);
    this.cursor = cursor;
  }

  String cursor() {
    return cursor;
  }

  /** Takes the place of now as its cursor. */
  void begin(Wire wire) {
    cursor = poll(wire, 0).path("cursor").asText();
  }

  private JsonNode poll(Wire wire, int wait) {
    String after = cursor == null ? "" : "&after=" + cursor;
    Wire.Answer answer = wire.send("GET", path + "&wait=" + wait + after);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** So many changes from its cursor on; heartbeats move the cursor too. */
  List<JsonNode> take(Wire wire, String transport, int count) {
    List<JsonNode> changes = new ArrayList<>();
    while (changes.size() < count) {
      if (transport.equals("long polls")) {
        JsonNode page = poll(wire, 5);
        page.path("events").forEach(changes::add);
        cursor = page.path("cursor").asText();
      } else {
        JsonNode next = next(wire, transport.equals("lines of JSON"));
        if (next.path("type").asText().equals("change")) {
          changes.add(next);
        }
      }
    }
    return changes;
  }

  /** The next document of its stream, which is opened if it is not. */
  JsonNode next(Wire wire, boolean lines) {
    try {
      if (stream == null) {
        open(wire, lines);
      }
      String line;
      do {
        line = stream.readLine();
        assertThat(line).as("the stream goes on").isNotNull();
        line = line.startsWith("data: ") ? line.substring("data: ".length()) : line;
      } while (!line.startsWith("{"));
      JsonNode document = JSON.readTree(line);
      String at = document.path("cursor").asText(document.path("completeThrough").asText());
      cursor = at.isEmpty() ? cursor : at;
      return document;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open(Wire wire, boolean lines) throws IOException {
    Map<String, String> headers =
        Map.of(
            "Accept",
            lines ? "application/x-ndjson" : "text/event-stream",
            "Last-Event-ID",
            cursor);
    HttpResponse<InputStream> response = wire.open(path, headers);
    stream = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + stream.readLine());
    }
  }

  void disconnect() {
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stream = null;
  }
}
