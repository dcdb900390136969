package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.http.settings.HttpLimits;
import dev.anvil.ports.testkit.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watches over the wire, on the real use cases. */
class WatchWireTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static Client wire;
  private static Running running;
  private static String token;
  private String base;

  @BeforeAll
  static void start() throws Exception {
    wire = new Client(HttpLimits.standard().withRequestsInFlight(8));
    running = wire.running;
    wire.application("acme", "*|*");
    token = wire.token();
  }

  @AfterAll
  static void stop() {
    wire.close();
    CLIENT.close();
  }

  @BeforeEach
  void bucket() throws Exception {
    base = "/v1/buckets/watch" + BUCKETS.incrementAndGet();
    assertThat(call("PUT", base, "{}").statusCode()).isEqualTo(201);
  }

  private static HttpRequest.Builder request(String path, Map<String, String> headers) {
    URI uri = running.open(path);
    var request = HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
    headers.forEach(request::header);
    return request;
  }

  private static HttpResponse<String> call(String method, String path, String body)
      throws Exception {
    var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    Map<String, String> type =
        body == null || path.contains("/objects/")
            ? Map.of()
            : Map.of("Content-Type", "application/json");
    return running.send(request(path, type).method(method, publisher));
  }

  private String put(String key) throws Exception {
    return JSON.readTree(call("PUT", base + "/objects/" + key, "x").body()).path("cursor").asText();
  }

  private JsonNode poll(String query) throws Exception {
    HttpResponse<String> answer = call("GET", base + "/watch?" + query, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static List<String> keys(JsonNode page) {
    List<String> keys = new ArrayList<>();
    page.path("events").forEach(e -> keys.add(e.path("key").asText()));
    return keys;
  }

  private static WatchStream stream(String path, Map<String, String> headers) throws Exception {
    return new WatchStream(CLIENT, running.open(path), token, headers);
  }

  @Test
  void serverSentEventsResumeAfterTheLastId() throws Exception {
    String first = put("a");
    put("b");
    String id;
    try (WatchStream stream = stream(base + "/watch?after=" + first, Map.of())) {
      assertThat(stream.type()).startsWith("text/event-stream");
      assertThat(stream.line()).startsWith("retry: ");
      assertThat(stream.line()).isEmpty();
      assertThat(stream.line()).isEqualTo("event: change");
      id = stream.line();
      assertThat(id).startsWith("id: ");
      JsonNode change = stream.next("change");
      assertThat(change.path("key").asText()).isEqualTo("b");
      assertThat(change.path("kind").asText()).isEqualTo("object.put");
      assertThat("id: " + change.path("cursor").asText()).isEqualTo(id);
      assertThat(change.path("size").asLong()).isEqualTo(1);
      assertThat(change.path("sha256").asText()).hasSize(64);
      put("c");
      assertThat(stream.next("change").path("key").asText()).isEqualTo("c");
    }
    // the header is newer than the query that a client repeats
    Map<String, String> resume = Map.of("Last-Event-ID", id.substring(4));
    try (WatchStream stream = stream(base + "/watch?after=" + first, resume)) {
      assertThat(stream.next("change").path("key").asText()).isEqualTo("c");
    }
  }

  @Test
  void linesOfJsonWithHeartbeatsThatAreBookmarks() throws Exception {
    Map<String, String> lines = Map.of("Accept", "application/x-ndjson");
    String bookmark;
    try (WatchStream stream = stream(base + "/watch?heartbeat=1", lines)) {
      assertThat(stream.type()).isEqualTo("application/x-ndjson");
      JsonNode beat = stream.next("heartbeat");
      assertThat(beat.path("completeThrough")).isEqualTo(beat.path("head"));
      assertThat(beat.path("lagMillis").asLong()).isZero();
      bookmark = stream.next("heartbeat").path("completeThrough").asText();
    }
    put("later");
    assertThat(keys(poll("wait=0&after=" + bookmark))).containsExactly("later");
  }

  @Test
  void aLongPollWaitsAndGoesOn() throws Exception {
    JsonNode start = poll("wait=0");
    assertThat(start.path("events")).isEmpty();
    String after = start.path("cursor").asText();
    var waiting =
        CLIENT.sendAsync(
            request(base + "/watch?wait=20&after=" + after, Map.of()).GET().build(),
            BodyHandlers.ofString());
    put("one");
    JsonNode page = JSON.readTree(waiting.join().body());
    assertThat(keys(page)).containsExactly("one");
    put("two");
    put("three");
    JsonNode next = poll("limit=1&after=" + page.path("cursor").asText());
    assertThat(keys(next)).containsExactly("two");
    assertThat(keys(poll("limit=9&after=" + next.path("cursor").asText())))
        .containsExactly("three");
  }

  @Test
  void listThenWatchHasNoHole() throws Exception {
    put("a/1");
    put("a/2");
    JsonNode page = JSON.readTree(call("GET", base + "/objects?prefix=a/&limit=1", null).body());
    put("a/0");
    put("b/0");
    JsonNode rest =
        JSON.readTree(
            call(
                    "GET",
                    base
                        + "/objects?prefix=a/&limit=9&pageToken="
                        + page.path("nextPageToken").asText(),
                    null)
                .body());
    assertThat(rest.path("cursor")).isEqualTo(page.path("cursor"));
    String cursor = page.path("cursor").asText();
    assertThat(keys(poll("prefix=a/&wait=0&after=" + cursor))).containsExactly("a/0");
    HttpResponse<String> wider = call("GET", base + "/watch?wait=0&after=" + cursor, null);
    assertThat(wider.statusCode()).isEqualTo(400);
    assertThat(wider.body()).contains("\"InvalidCursor\"");
  }

  @Test
  void listsOfManifestsAndStreamsLeadToTheirChangesToo() throws Exception {
    for (String kind : List.of("manifests", "streams")) {
      String put = kind.equals("streams") ? "POST" : "PUT";
      var none = kind.equals("streams") ? Map.<String, String>of() : Map.of("If-None-Match", "*");
      String cursor =
          JSON.readTree(call("GET", base + "/" + kind + "?prefix=a/", null).body())
              .path("cursor")
              .asText();
      for (String name : List.of("a/" + kind, "b/" + kind)) {
        var request =
            request(base + "/" + kind + "/" + name, none)
                .header("Content-Type", "application/json")
                .method(put, BodyPublishers.ofString("{}"));
        assertThat(running.send(request).statusCode()).isLessThan(300);
      }
      assertThat(keys(poll("prefix=a/&wait=0&after=" + cursor))).containsExactly("a/" + kind);
    }
  }

  @Test
  void refusalsAreProblemsAndAReservedPrefixIsShut() throws Exception {
    assertProblem(call("GET", base + "/watch?after=zzz", null), 400, "InvalidCursor");
    assertProblem(call("GET", base + "/watch?prefix=_anvil/x", null), 403, "UnauthorizedReserved");
    assertProblem(call("GET", "/v1/buckets/nothing-here/watch", null), 404, "BucketNotFound");
    assertProblem(call("GET", base + "/watch?wait=26", null), 400, "InvalidArgument");
    assertProblem(call("GET", base + "/watch?kinds=a%20b", null), 400, "InvalidArgument");
    assertThat(call("HEAD", base + "/watch", null).statusCode()).isEqualTo(200);
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(code);
  }

  @Test
  void aTenantWatchSeesEveryBucketAndWhoMayDoWhat() throws Exception {
    try (WatchStream stream = stream("/v1/watch?kinds=object.*,grant.*,bucket.*", Map.of())) {
      stream.next("heartbeat");
      put("x");
      JsonNode change = stream.next("change");
      assertThat(change.path("bucket").asText()).isEqualTo(base.substring("/v1/buckets/".length()));
      assertThat(change.path("key").asText()).isEqualTo("x");
    }
  }

  @Test
  void moreWatchesThanRequestsInFlightBlockNobody() throws Exception {
    // of other tests: an idle stream notices that its peer is gone with its heartbeats only
    long others = openWatches();
    List<WatchStream> streams = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      streams.add(stream(base + "/watch", Map.of("Accept", "application/x-ndjson")));
    }
    put("x");
    for (WatchStream stream : streams) {
      assertThat(stream.next("change").path("key").asText()).isEqualTo("x");
      stream.close();
    }
    // each notices that its peer is gone with its next write
    put("y");
    Waiting.until("the watches are closed", () -> openWatches() <= others);
  }

  private long openWatches() {
    try {
      put("z");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return wire.node.openWatches();
  }

  @Test
  void deletingTheBucketEndsItsWatch() throws Exception {
    try (WatchStream stream = stream(base + "/watch", Map.of("Accept", "application/x-ndjson"))) {
      assertThat(call("DELETE", base, null).statusCode()).isLessThan(300);
      JsonNode end = stream.next("end");
      assertThat(end.path("reason").asText()).isEqualTo("BucketDeleted");
      assertThat(stream.line()).isNull();
    }
  }

  @Test
  void revokedAccessEndsAWatch() throws Exception {
    String mine = token;
    token = wire.another("acme", "guest", "*|*");
    try (WatchStream stream =
        stream(base + "/watch?heartbeat=1", Map.of("Accept", "application/x-ndjson"))) {
      stream.next("heartbeat");
      JsonNode apps =
          JSON.readTree(
              running
                  .send(
                      HttpRequest.newBuilder(
                              running.management("/v1/admin/tenants/acme/applications"))
                          .header("Authorization", "Bearer " + wire.node.admin.text()))
                  .body());
      String id = null;
      for (JsonNode app : apps.findParents("clientId")) {
        id = app.path("name").asText().equals("guest") ? app.path("clientId").asText() : id;
      }
      var revoke =
          HttpRequest.newBuilder(
                  running.management("/v1/admin/tenants/acme/applications/" + id + ":revoke"))
              .header("Authorization", "Bearer " + wire.node.admin.text())
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{}"));
      assertThat(running.send(revoke).statusCode()).isLessThan(300);
      assertThat(stream.next("problem").path("problem").path("status").asInt()).isEqualTo(401);
      assertThat(stream.line()).isNull();
    } finally {
      token = mine;
    }
  }
}
