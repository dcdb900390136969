package dev.anvil.app.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Check 12: a watch misses nothing and tells nothing twice, also after it was away. */
final class WatchCheck {
  private static final int POLLS = 10;

  private final Wire api;
  private final String bucket;
  private String cursor;

  private WatchCheck(Wire api, String bucket) {
    this.api = api;
    this.bucket = bucket;
  }

  static Verdict run(Scene scene) {
    return new WatchCheck(scene.api(), scene.bucket("watch")).run();
  }

  private Verdict run() {
    cursor = poll(0).path("cursor").asText();
    put("a", "b", "c");
    follow("a", "b", "c");
    put("away/1", "away/2");
    String stored = cursor;
    follow("away/1", "away/2");
    cursor = stored;
    put("back");
    follow("away/1", "away/2", "back");
    api.send("GET", path(0) + "&after=" + Paths.value(stored) + "x").must(400);
    return new Verdict.Pass(
        "every change once and in order, also from a stored cursor; restarts and expired cursors:"
            + " proved by features");
  }

  private void put(String... keys) {
    for (String key : keys) {
      api.send("PUT", Scene.object(bucket, key), new byte[] {1}, Map.of()).must(200);
    }
  }

  private String path(int wait) {
    return "/v1/buckets/" + bucket + "/watch?wait=" + wait;
  }

  private JsonNode poll(int wait) {
    String after = cursor == null ? "" : "&after=" + Paths.value(cursor);
    return api.send("GET", path(wait) + after).must(200).json();
  }

  private void follow(String... keys) {
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < POLLS && seen.size() < keys.length; i++) {
      JsonNode page = poll(2);
      page.path("events").forEach(e -> seen.add(e.path("key").asText()));
      cursor = page.path("cursor").asText();
    }
    Unmet.require(seen.equals(List.of(keys)), "saw " + seen + ", not " + List.of(keys));
  }
}
