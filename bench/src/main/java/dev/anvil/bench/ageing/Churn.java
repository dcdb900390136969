package dev.anvil.bench.ageing;

import dev.anvil.bench.history.Payload;
import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One client that changes everything and never holds more: overwrites, deletes, versions of which
 * the old ones go, uploads that are given up; and what it leaves to lifecycles: temporary objects,
 * uploads that nobody ends, old versions. It logs in again whenever its token has ended.
 */
final class Churn implements AutoCloseable {
  static final String PLAIN = "plain";
  static final String VERSIONED = "versioned";

  private static final int KEYS = 60;
  private static final int VERSIONS = 3;
  private static final int SMALL = 1_000;
  private static final int LARGE = 400_000;
  private static final int UNAUTHENTICATED = 401;

  private final URI publicUrl;
  private final Deployment deployment;
  private final SplittableRandom random;
  private final String stem;
  private final Map<String, ArrayDeque<String>> versions = new HashMap<>();
  private Client client;
  private long tag;
  private long done;
  private long left;
  private long bytes;

  Churn(URI publicUrl, Deployment deployment, int number, long seed) throws IOException {
    this.publicUrl = publicUrl;
    this.deployment = deployment;
    this.stem = "client" + number + "/";
    this.random = new SplittableRandom(seed + number);
    login();
  }

  private void login() throws IOException {
    close();
    client = new Client(publicUrl, deployment.token(publicUrl));
  }

  private Answer send(Request request) throws IOException {
    Answer answer = client.send(request);
    // a day may pass between the token and its use
    for (int i = 0; i < 3 && answer.status() == UNAUTHENTICATED; i++) {
      login();
      answer = client.send(request);
    }
    return answer;
  }

  private Answer expect(Request request) throws IOException {
    Answer answer = send(request);
    if (!answer.ok()) {
      throw new IOException(request.method() + " " + request.target() + " was answered " + answer);
    }
    return answer;
  }

  /** One change. */
  void step() throws IOException {
    String key = stem + random.nextInt(KEYS);
    switch (random.nextInt(12)) {
      case 0 -> delete(key);
      case 1, 2, 3 -> version(key);
      case 4 -> giveUp(key);
      case 5 -> leaveToLifecycles(key);
      default -> expect(Calls.put(PLAIN, key, body()));
    }
    done++;
  }

  private byte[] body() {
    int size = random.nextInt(3) == 0 ? SMALL : SMALL + random.nextInt(LARGE);
    bytes += size;
    return Payload.of(++tag, size);
  }

  private void delete(String key) throws IOException {
    int status = send(Calls.delete(PLAIN, key)).status();
    if (status >= 400 && status != 404) {
      throw new IOException("DELETE of " + key + " was answered " + status);
    }
  }

  private void version(String key) throws IOException {
    ArrayDeque<String> kept = versions.computeIfAbsent(key, k -> new ArrayDeque<>());
    kept.add(Calls.json(expect(Calls.put(VERSIONED, key, body()))).path("version").asText());
    if (kept.size() > VERSIONS) {
      String old = Calls.object(VERSIONED, key) + "?version=" + kept.remove();
      int status = send(Request.of("DELETE", old)).status();
      // its lifecycle may have come first
      if (status >= 400 && status != 404) {
        throw new IOException("DELETE of a version of " + key + " was answered " + status);
      }
    }
  }

  private void giveUp(String key) throws IOException {
    String id = open(key);
    expect(Request.of("DELETE", "/v1/buckets/" + PLAIN + "/uploads/" + id));
  }

  private String open(String key) throws IOException {
    String id = Calls.json(expect(Calls.createUpload(PLAIN, key))).path("uploadId").asText();
    expect(Calls.putPart(PLAIN, id, 1, body()));
    return id;
  }

  /** What nobody deletes, under names that never come again. */
  private void leaveToLifecycles(String key) throws IOException {
    if (random.nextBoolean()) {
      expect(Calls.put(PLAIN, Lifecycles.TEMPORARY + stem + done, body()));
    } else {
      open(key);
    }
    left++;
  }

  Lifecycles.Left leftToLifecycles() throws IOException {
    login();
    return Lifecycles.Left.of(client);
  }

  long done() {
    return done;
  }

  /** Objects and uploads that only a lifecycle ends. */
  long left() {
    return left;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
