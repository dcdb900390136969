package dev.anvil.backup.s3;

import dev.anvil.backup.FileNames;
import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Backups in a bucket. Five requests: PutObject, GetObject with and without a range, ListObjectsV2,
 * DeleteObject; the bucket stands in the path, bodies are signed. What the other side cannot serve
 * now is asked again a few times.
 */
public final class S3Target implements BackupTarget, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(120);
  private static final int TRIES = 4;
  private static final long FIRST_PAUSE_NANOS = 200_000_000;
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NO_CONTENT = 204;
  private static final int NOT_FOUND = 404;
  private static final int RANGE = 416;
  private static final int BUSY = 429;
  private static final int SERVER = 500;
  private static final int EXCERPT = 300;

  private final S3Place place;
  private final Signature signature;
  private final InstantSource clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .build();

  /** At a place, as somebody; the clock dates signatures. */
  public S3Target(S3Place place, S3Access access, InstantSource clock) {
    this.place = place;
    this.signature = new Signature(access);
    this.clock = clock;
  }

  private static final class Call {
    final String method;
    final String path;
    final SortedMap<String, String> query = new TreeMap<>();
    final SortedMap<String, String> headers = new TreeMap<>();
    byte[] body = new byte[0];

    Call(String method, String path) {
      this.method = method;
      this.path = path;
    }
  }

  @Override
  public String describe() {
    return place.toString();
  }

  @Override
  public void put(String name, byte[] bytes) {
    Call call = object("PUT", name);
    call.body = bytes;
    expect(send(call), call, OK);
  }

  @Override
  public byte[] get(String name) {
    Call call = object("GET", name);
    HttpResponse<byte[]> answer = send(call);
    if (answer.statusCode() == NOT_FOUND) {
      throw absent(name);
    }
    return expect(answer, call, OK);
  }

  @Override
  public byte[] read(String name, long offset, int length) {
    Call call = object("GET", name);
    call.headers.put("range", "bytes=" + offset + "-" + (offset + length - 1));
    HttpResponse<byte[]> answer = send(call);
    if (answer.statusCode() == NOT_FOUND) {
      throw absent(name);
    }
    if (answer.statusCode() == RANGE) {
      return new byte[0];
    }
    // an empty object has no range that could be satisfied, and some answer it whole
    return answer.statusCode() == OK && answer.body().length == 0
        ? answer.body()
        : expect(answer, call, PARTIAL);
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    Call call = new Call("GET", "/" + place.bucket());
    call.query.put("list-type", "2");
    call.query.put("max-keys", Integer.toString(limit));
    call.query.put("prefix", place.prefix() + prefix);
    if (!after.isEmpty()) {
      call.query.put("start-after", place.prefix() + after);
    }
    try {
      return KeyList.of(expect(send(call), call, OK)).stream()
          .map(key -> key.substring(place.prefix().length()))
          .toList();
    } catch (IOException e) {
      throw failed(call, e);
    }
  }

  @Override
  public void delete(String name) {
    Call call = object("DELETE", name);
    HttpResponse<byte[]> answer = send(call);
    if (answer.statusCode() != NOT_FOUND && answer.statusCode() != OK) {
      expect(answer, call, NO_CONTENT);
    }
  }

  private Call object(String method, String name) {
    return new Call(
        method, "/" + place.bucket() + "/" + place.prefix() + FileNames.checked(name));
  }

  private HttpResponse<byte[]> send(Call call) {
    long pause = FIRST_PAUSE_NANOS;
    for (int tries = 1; ; tries++) {
      try {
        HttpResponse<byte[]> answer = http.send(request(call), HttpResponse.BodyHandlers.ofByteArray());
        boolean later = answer.statusCode() >= SERVER || answer.statusCode() == BUSY;
        if (!later || tries == TRIES) {
          return answer;
        }
      } catch (IOException e) {
        if (tries == TRIES) {
          throw failed(call, e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed(call, new IOException("interrupted", e));
      }
      LockSupport.parkNanos(pause);
      pause *= 2;
    }
  }

  private HttpRequest request(Call call) {
    String query = Signature.query(call.query);
    URI uri = URI.create(place.endpoint() + call.path + (query.isEmpty() ? "" : "?" + query));
    SortedMap<String, String> signed = new TreeMap<>(call.headers);
    signed.put("host", uri.getRawAuthority());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER)
            .method(
                call.method,
                call.body.length == 0 && !call.method.equals("PUT")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(call.body));
    call.headers.forEach(request::header);
    signature
        .headers(
            new Signature.Request(
                call.method, call.path, call.query, signed, Signature.sha256(call.body)),
            clock.instant())
        .forEach(request::header);
    return request.build();
  }

  private byte[] expect(HttpResponse<byte[]> answer, Call call, int status) {
    if (answer.statusCode() != status) {
      String said = new String(answer.body(), StandardCharsets.UTF_8);
      throw new Unavailable(
          Unavailable.Reason.STORAGE,
          call.method
              + " "
              + call.path
              + " at "
              + place
              + " was answered "
              + answer.statusCode()
              + ": "
              + said.substring(0, Math.min(said.length(), EXCERPT))
              + "; check bucket, keys and region");
    }
    return answer.body();
  }

  private NotFound absent(String name) {
    return new NotFound(
        NotFound.Reason.BACKUP, "there is no file " + name + " at " + place, Map.of("file", name));
  }

  private Unavailable failed(Call call, IOException e) {
    return Unavailable.notApplied(
        Unavailable.Reason.STORAGE,
        call.method + " " + call.path + " at " + place + " failed: " + e,
        e);
  }

  @Override
  public void close() {
    http.close();
  }
}
