package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Content;
import dev.anvil.client.http.Problem;
import dev.anvil.client.http.Reply;
import dev.anvil.client.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sends requests, and again where that is harmless. */
final class Calls implements AutoCloseable {
  private static final int MAX_ANSWER_BYTES = 32 << 20;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private final AnvilHttp http;
  private final Supplier<String> authorization;
  private final Consumer<String> refused;
  private final Retries retries;
  private final Consumer<String> answers;
  private volatile boolean closed;

  /**
   * Over a server that is called without authorization of its own.
   *
   * @param authorization gives the header, or null for none
   * @param refused is told values of the Authorization header that the server does not take
   * @param answers is told every JSON answer as it came
   */
  Calls(
      AnvilHttp http,
      Supplier<String> authorization,
      Consumer<String> refused,
      Retries retries,
      Consumer<String> answers) {
    this.http = http;
    this.authorization = authorization;
    this.refused = refused;
    this.retries = retries;
    this.answers = answers;
  }

  /**
   * A request.
   *
   * @param repeatable whether it does no harm twice: a read, or a write under an idempotency key
   */
  record Request(
      String method, String path, Map<String, String> headers, Content body, boolean repeatable) {
    static Request read(String method, String path) {
      return new Request(method, path, Map.of(), Content.NONE, true);
    }

    /** A question that is sent as JSON and changes nothing. */
    static Request question(String path, JsonNode body) {
      return keyed("POST", path, body, Map.of(), true);
    }

    /** A change under an idempotency key, which is made unless the headers have one. */
    static Request change(String method, String path, JsonNode body, Map<String, String> headers) {
      Map<String, String> all = new LinkedHashMap<>(headers);
      all.putIfAbsent("Idempotency-Key", newKey());
      return keyed(method, path, body, all, true);
    }

    private static Request keyed(
        String method, String path, JsonNode body, Map<String, String> headers, boolean again) {
      if (body == null) {
        return new Request(method, path, headers, Content.NONE, again);
      }
      Map<String, String> all = new LinkedHashMap<>(headers);
      all.put("Content-Type", "application/json");
      return new Request(method, path, all, Content.of(Json.text(body)), again);
    }
  }

  /** What is made of an answer. */
  @FunctionalInterface
  interface Reading<T> {
    T of(Reply reply) throws IOException;
  }

  static String newKey() {
    return UUID.randomUUID().toString();
  }

  /** Whether what the server said may be otherwise a moment later. */
  static boolean passing(Problem p) {
    return p.status() == TOO_MANY || p.status() == UNAVAILABLE || p.retryable();
  }

  Retries retries() {
    return retries;
  }

  /** JSON of an answer, or the missing node if it is empty. */
  JsonNode json(Request request) {
    return run(request, this::parsed);
  }

  JsonNode parsed(Reply reply) throws IOException {
    try (InputStream in = reply.body()) {
      byte[] bytes = in.readNBytes(MAX_ANSWER_BYTES + 1);
      if (bytes.length > MAX_ANSWER_BYTES) {
        throw new IOException("the answer is longer than " + MAX_ANSWER_BYTES + " bytes");
      }
      return bytes.length == 0 ? MissingNode.getInstance() : read(bytes);
    }
  }

  private JsonNode read(byte[] bytes) throws IOException {
    answers.accept(new String(bytes, StandardCharsets.UTF_8));
    return Json.read(bytes);
  }

  /** A line of a watch. */
  JsonNode read(String line) throws IOException {
    answers.accept(line);
    return Json.read(line);
  }

  /** Sends until there is an answer that is read, or no further attempt is allowed. */
  <T> T run(Request request, Reading<T> reading) {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
    long end = System.nanoTime() + retries.total().toNanos();
    boolean renewed = false;
    int failures = 0;
    while (true) {
      String[] sent = new String[1];
      try {
        return once(request, reading, sent);
      } catch (ClientException e) {
        AnvilException failure = AnvilException.of(e);
        boolean again = request.repeatable() && request.body().again();
        if (again && !renewed && failure.status() == UNAUTHORIZED && sent[0] != null) {
          refused.accept(sent[0]);
          renewed = true;
          continue;
        }
        failures++;
        Duration pause = pause(failures, e.problem());
        long over = System.nanoTime() + pause.toNanos() - end;
        if (!again || !failure.retryable() || failures >= retries.attempts() || over > 0) {
          throw failure;
        }
        sleep(pause, failure);
      }
    }
  }

  /** Once, with what was sent as authorization at its first place. */
  private <T> T once(Request request, Reading<T> reading, String[] sent) {
    String value = authorization.get();
    sent[0] = value;
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    if (value != null) {
      headers.put("Authorization", value);
    }
    Reply reply = http.send(request.method(), request.path(), request.body(), headers);
    try {
      return reading.of(reply);
    } catch (IOException e) {
      abandon(reply);
      throw new ClientException(
          ClientException.UNREACHABLE, "the answer broke off: " + e.getMessage());
    } catch (DateTimeException | NumberFormatException e) {
      abandon(reply);
      throw AnvilException.strange(e.getMessage(), e);
    }
  }

  private static void abandon(Reply reply) {
    try {
      reply.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a connection could not be ended", e);
    }
  }

  /** Half of it is luck, so that those who failed together do not come back together. */
  private Duration pause(int failures, Problem problem) {
    long most = retries.pause(failures).toNanos();
    long own = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    return Duration.ofNanos(Math.max(own, TimeUnit.SECONDS.toNanos(problem.retryAfterSeconds())));
  }

  private static void sleep(Duration pause, AnvilException failure) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  @Override
  public void close() {
    closed = true;
    http.close();
  }
}
