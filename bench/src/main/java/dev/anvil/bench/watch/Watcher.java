package dev.anvil.bench.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that mirrors a bucket: it keeps a log and the cursor it is good for, connects, is cut
 * off after a random while, loses what it had not stored, and goes on from its stored cursor.
 */
final class Watcher implements Runnable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long PAUSE_NANOS = 100_000_000;
  private static final long AWAY_NANOS = 1_000_000_000;
  private static final int MANY = 200;
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final HttpClient http;
  private final Site site;
  private final String path;
  private final Random random;
  private final List<String> log = new ArrayList<>();
  private volatile boolean finish;
  private volatile String fault;
  private String cursor;
  private int stored;
  private String storedCursor;
  private int connections;

  /**
   * From a cursor on.
   *
   * @param prefix of keys, or empty
   */
  Watcher(HttpClient http, Site site, String bucket, String prefix, String from, long seed) {
    this.http = http;
    this.site = site;
    this.path = "/v1/buckets/" + bucket + "/watch?prefix=" + prefix + "&heartbeat=1&after=";
    this.cursor = from;
    this.storedCursor = from;
    this.random = new Random(seed);
  }

  /** From now on it reads to the end of the journal and stops. */
  void finish() {
    finish = true;
  }

  List<String> log() {
    return List.copyOf(log);
  }

  String fault() {
    return fault;
  }

  int connections() {
    return connections;
  }

  @Override
  public void run() {
    boolean done = false;
    while (!done && fault == null) {
      try {
        boolean last = finish;
        if (last || random.nextInt(4) == 0) {
          done = poll() && last;
        } else {
          stream(random.nextBoolean());
        }
        crashSometimes(last);
        // so that watchers leave the machine to the server and the writers
        LockSupport.parkNanos(last ? 1 : random.nextLong(AWAY_NANOS));
      } catch (IOException e) {
        // cut off, by us or by a crash of the server: go on from what is stored
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (InterruptedException e) {
        fault = "interrupted";
      }
    }
  }

  /** Half of the time what was not stored is lost, as if the client itself had crashed. */
  private void crashSometimes(boolean last) {
    if (!last && random.nextBoolean()) {
      log.subList(stored, log.size()).clear();
      cursor = storedCursor;
    }
  }

  private HttpResponse<InputStream> open(String query, String accept)
      throws IOException, InterruptedException {
    Site.Place place = site.place();
    HttpResponse<InputStream> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(place.url() + path + cursor + query))
                .header("Authorization", "Bearer " + place.token())
                .header("Accept", accept)
                .timeout(BOUND)
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      try (InputStream body = answer.body()) {
        String said = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        if (answer.statusCode() != 503) {
          fault = answer.statusCode() + " " + said;
        }
        throw new IOException(said);
      }
    }
    connections++;
    return answer;
  }

  /** Whether it reached the end. */
  private boolean poll() throws IOException, InterruptedException {
    JsonNode page;
    try (InputStream body = open("&limit=100&wait=0", "application/json").body()) {
      page = JSON.readTree(body);
    }
    page.path("events").forEach(this::take);
    cursor = page.path("cursor").asText();
    return page.path("events").isEmpty() && page.path("head").asText().equals(cursor);
  }

  private void stream(boolean lines) throws IOException, InterruptedException {
    int events = random.nextInt(MANY);
    long until = System.nanoTime() + random.nextInt(3_000) * 1_000_000L;
    String accept = lines ? "application/x-ndjson" : "text/event-stream";
    try (InputStream body = open("", accept).body();
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      while (events > 0 && System.nanoTime() - until < 0 && !finish) {
        String line = reader.readLine();
        if (line == null) {
          return;
        }
        String text = line.startsWith("data: ") ? line.substring("data: ".length()) : line;
        if (text.startsWith("{")) {
          events -= event(JSON.readTree(text));
        }
      }
    }
  }

  private int event(JsonNode document) {
    switch (document.path("type").asText()) {
      case "change" -> {
        take(document);
        return 1;
      }
      case "heartbeat" -> cursor = document.path("completeThrough").asText();
      default -> {
        // the stream says why it ends, and ends
        return 0;
      }
    }
    return 0;
  }

  private void take(JsonNode change) {
    log.add(change.path("version").asText());
    cursor = change.path("cursor").asText();
    if (random.nextInt(8) == 0) {
      stored = log.size();
      storedCursor = cursor;
    }
  }
}
