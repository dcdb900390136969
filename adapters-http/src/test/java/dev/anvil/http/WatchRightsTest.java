package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an open watch shows follows what its caller may at the moment of each event. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchRightsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A scope of a watch and how it is read. */
  record Way(String name, String query, String accept) {
    String path(String bucket) {
      return query.replace("BUCKET", bucket);
    }

    @Override
    public String toString() {
      return name + " as " + accept;
    }
  }

  static List<Way> ways() {
    Map<String, String> scopes =
        Map.of(
            "a bucket", "/v1/buckets/BUCKET/watch?heartbeat=1",
            "a prefix", "/v1/buckets/BUCKET/watch?heartbeat=1&prefix=a/",
            "kinds", "/v1/buckets/BUCKET/watch?heartbeat=1&kinds=object.put",
            "a tenant", "/v1/watch?heartbeat=1&kinds=object.*,bucket.*");
    return scopes.entrySet().stream()
        .flatMap(e ->
            Stream.of("text/event-stream", "application/x-ndjson", "application/json")
                .map(accept -> new Way(e.getKey(), e.getValue(), accept)))
        .toList();
  }

  /** Changes of a watch, whichever way they come. */
  private interface Changes extends AutoCloseable {
    /** The keys up to and with this one; fails if the watch ends before. */
    List<String> through(String key) throws Exception;

    /** The code of the refusal that ends it, after whatever comes before. */
    String refusal() throws Exception;

    @Override
    void close() throws IOException;
  }

  private final AtomicInteger tests = new AtomicInteger();
  private Client wire;
  private String owner;
  private String guest;
  private String guestId;
  private String docs;
  private String gov;

  @BeforeAll
  void start() throws Exception {
    wire = new Client();
    wire.application("acme", "*|*");
    owner = wire.token();
  }

  @AfterAll
  void stop() {
    wire.close();
  }

  @BeforeEach
  void buckets() throws Exception {
    int test = tests.incrementAndGet();
    docs = "docs" + test;
    gov = "gov" + test;
    assertThat(wire.put("/v1/buckets/" + docs, "{}").status()).isEqualTo(201);
    assertThat(wire.put("/v1/buckets/" + gov, "{\"access\":\"relationships\"}").status())
        .isEqualTo(201);
  }

  private void guest(String... scopes) throws Exception {
    guest = wire.another("acme", "guest" + tests, scopes);
    guestId = wire.clientId;
    wire.as(owner);
  }

  private void grant(String method, String scope) throws Exception {
    String body = JSON.writeValueAsString(Map.of("clientId", guestId, "scope", scope));
    Client.Answer done = wire.call(method, "/v1/grants", body);
    assertThat(done.status()).as(done.body()).isLessThan(300);
  }

  private void put(String bucket, String key) throws Exception {
    Client.Answer done = wire.put("/v1/buckets/" + bucket + "/objects/" + key, "x");
    assertThat(done.status()).as(done.body()).isEqualTo(200);
  }

  private void tuple(String op, String text) throws Exception {
    Client.Answer done =
        wire.post(
            "/v1/authz/tuples:write",
            "{\"updates\":[{\"op\":\"" + op + "\",\"tuple\":\"" + text + "\"}]}");
    assertThat(done.status()).as(done.body()).isEqualTo(200);
  }

  private Changes open(Way way, String bucket) throws Exception {
    return way.accept().equals("application/json")
        ? new Polls(way.path(bucket))
        : new Streamed(way, bucket);
  }

  private final class Streamed implements Changes {
    private final WatchStream stream;

    Streamed(Way way, String bucket) throws Exception {
      var uri = wire.running.open(way.path(bucket));
      stream = new WatchStream(wire.running.client, uri, guest, Map.of("Accept", way.accept()));
      stream.next("heartbeat");
    }

    @Override
    public List<String> through(String key) throws Exception {
      List<String> keys = new ArrayList<>();
      do {
        keys.add(stream.next("change").path("key").asText());
      } while (!keys.getLast().equals(key));
      return keys;
    }

    @Override
    public String refusal() throws Exception {
      return stream.next("problem").path("problem").path("code").asText();
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  private final class Polls implements Changes {
    private final String path;
    private String after = "";

    Polls(String path) throws Exception {
      this.path = path + "&wait=1";
      poll();
    }

    private JsonNode poll() throws Exception {
      wire.as(guest);
      Client.Answer answer = wire.get(path + after);
      wire.as(owner);
      JsonNode page = JSON.readTree(answer.body());
      if (answer.status() == 200) {
        after = "&after=" + page.path("cursor").asText();
      }
      return page;
    }

    @Override
    public List<String> through(String key) throws Exception {
      List<String> keys = new ArrayList<>();
      while (!keys.contains(key)) {
        JsonNode page = poll();
        assertThat(page.has("events")).as(page.toString()).isTrue();
        page.path("events").forEach(e -> keys.add(e.path("key").asText()));
      }
      return keys;
    }

    @Override
    public String refusal() throws Exception {
      JsonNode page = poll();
      while (page.has("events")) {
        page = poll();
      }
      return page.path("code").asText();
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @MethodSource("ways")
  void grantsTakenAwayThinAndEndIt(Way way) throws Exception {
    guest(
        "watch:read|*",
        "object:read|bucket:" + docs + "/a/lost/*",
        "object:read|bucket:" + docs + "/a/kept/*");
    try (Changes changes = open(way, docs)) {
      put(docs, "a/never/1");
      put(docs, "a/lost/1");
      assertThat(changes.through("a/lost/1")).containsExactly("a/lost/1");
      grant("DELETE", "object:read|bucket:" + docs + "/a/lost/*");
      put(docs, "a/lost/2");
      put(docs, "a/kept/1");
      assertThat(changes.through("a/kept/1")).containsExactly("a/kept/1");
      grant("DELETE", "watch:read|*");
      put(docs, "a/kept/2");
      assertThat(changes.refusal()).isEqualTo("PermissionDenied");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void relationshipsTakenAwayThinIt(Way way) throws Exception {
    guest("*|*");
    String reader = "#reader@anvil/app:" + guestId;
    tuple("touch", "anvil/folder:" + gov + "/a/lost/" + reader);
    tuple("touch", "anvil/folder:" + gov + "/a/kept/" + reader);
    try (Changes changes = open(way, gov)) {
      put(gov, "a/never/1");
      put(gov, "a/lost/1");
      assertThat(changes.through("a/lost/1")).containsExactly("a/lost/1");
      tuple("delete", "anvil/folder:" + gov + "/a/lost/" + reader);
      put(gov, "a/lost/2");
      put(gov, "a/kept/1");
      assertThat(changes.through("a/kept/1")).containsExactly("a/kept/1");
      tuple("touch", "anvil/object:" + gov + "/a/kept/2#banned@anvil/app:" + guestId);
      put(gov, "a/kept/2");
      put(gov, "a/kept/3");
      assertThat(changes.through("a/kept/3")).containsExactly("a/kept/3");
    }
  }

  @Test
  void whatRelationshipsHidStaysHiddenOnceTheBucketIsGone() throws Exception {
    guest("*|*");
    String start = cursor(owner);
    put(gov, "secret/1");
    put(docs, "plain/1");
    assertThat(keys(guest, start)).contains("plain/1").doesNotContain("secret/1");
    for (String bucket : List.of(gov, docs)) {
      String key = bucket.equals(gov) ? "secret/1" : "plain/1";
      for (String gone : List.of("/objects/" + key, "")) {
        Client.Answer done = wire.call("DELETE", "/v1/buckets/" + bucket + gone, null);
        assertThat(done.status()).as(done.body()).isLessThan(300);
      }
    }
    assertThat(keys(guest, start)).contains("plain/1").doesNotContain("secret/1");
    // nor does a new bucket of the same name, open to all scopes, bring it to light
    assertThat(wire.put("/v1/buckets/" + gov, "{}").status()).isEqualTo(201);
    put(gov, "fresh/1");
    assertThat(keys(guest, start)).contains("plain/1", "fresh/1").doesNotContain("secret/1");
  }

  private String cursor(String token) throws Exception {
    wire.as(token);
    String at = JSON.readTree(wire.get("/v1/watch?wait=0").body()).path("cursor").asText();
    wire.as(owner);
    return at;
  }

  private List<String> keys(String token, String after) throws Exception {
    wire.as(token);
    Client.Answer page = wire.get("/v1/watch?limit=1000&kinds=object.*&after=" + after);
    wire.as(owner);
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    List<String> keys = new ArrayList<>();
    JSON.readTree(page.body()).path("events").forEach(e -> keys.add(e.path("key").asText()));
    return keys;
  }
}
