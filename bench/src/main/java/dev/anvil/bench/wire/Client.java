package dev.anvil.bench.wire;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** One authenticated connection to the public listener, used by one thread. */
public final class Client implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final RawHttp http;
  private final String authorization;

  /** With an access token. */
  public Client(URI publicUrl, String token) {
    this.http = new RawHttp(publicUrl, BOUND);
    this.authorization = token == null ? null : "Bearer " + token;
  }

  /** Sends a request and reads its answer; an IOException leaves the outcome open. */
  public Answer send(Request request) throws IOException {
    return http.send(authorized(request));
  }

  /** The same with the body going to a sink. */
  public Answer send(Request request, RawHttp.Sink sink) throws IOException {
    return http.send(authorized(request), sink);
  }

  /** A request that must succeed. */
  public Answer expect(Request request) throws IOException {
    Answer answer = send(request);
    if (!answer.ok()) {
      throw new IOException(request.method() + " " + request.target() + " was answered " + answer);
    }
    return answer;
  }

  /** The request with this client's token. */
  public Request authorized(Request request) {
    return request.header("Authorization", authorization);
  }

  @Override
  public void close() {
    http.close();
  }
}
