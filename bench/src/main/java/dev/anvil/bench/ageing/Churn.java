package dev.anvil.bench.ageing;

import dev.anvil.bench.history.Payload;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One client that changes everything and never holds more: overwrites, deletes, versions of which
 * the old ones go, uploads that are given up.
 */
final class Churn {
  static final String PLAIN = "plain";
  static final String VERSIONED = "versioned";

  private static final int KEYS = 60;
  private static final int VERSIONS = 3;
  private static final int SMALL = 1_000;
  private static final int LARGE = 400_000;

  private final Client client;
  private final SplittableRandom random;
  private final String stem;
  private final Map<String, ArrayDeque<String>> versions = new HashMap<>();
  private long tag;
  private long done;
  private long bytes;

  Churn(Client client, int number, long seed) {
    this.client = client;
    this.stem = "client" + number + "/";
    this.random = new SplittableRandom(seed + number);
  }

  /** One change. */
  void step() throws IOException {
    String key = stem + random.nextInt(KEYS);
    switch (random.nextInt(10)) {
      case 0 -> delete(key);
      case 1, 2, 3 -> version(key);
      case 4 -> giveUp(key);
      default -> client.expect(Calls.put(PLAIN, key, body()));
    }
    done++;
  }

  private byte[] body() {
    int size = random.nextInt(3) == 0 ? SMALL : SMALL + random.nextInt(LARGE);
    bytes += size;
    return Payload.of(++tag, size);
  }

  private void delete(String key) throws IOException {
    int status = client.send(Calls.delete(PLAIN, key)).status();
    if (status >= 400 && status != 404) {
      throw new IOException("DELETE of " + key + " was answered " + status);
    }
  }

  private void version(String key) throws IOException {
    ArrayDeque<String> kept = versions.computeIfAbsent(key, k -> new ArrayDeque<>());
    kept.add(Calls.json(client.expect(Calls.put(VERSIONED, key, body()))).path("version").asText());
    if (kept.size() > VERSIONS) {
      String old = Calls.object(VERSIONED, key) + "?version=" + kept.remove();
      client.expect(Request.of("DELETE", old));
    }
  }

  private void giveUp(String key) throws IOException {
    String id = Calls.json(client.expect(Calls.createUpload(PLAIN, key))).path("uploadId").asText();
    client.expect(Calls.putPart(PLAIN, id, 1, body()));
    client.expect(Request.of("DELETE", "/v1/buckets/" + PLAIN + "/uploads/" + id));
  }

  long done() {
    return done;
  }

  long bytes() {
    return bytes;
  }
}
