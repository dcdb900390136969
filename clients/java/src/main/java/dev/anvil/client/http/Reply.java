package dev.anvil.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * An answer: its head, and its body as it arrives. A body that is read to its end gives its
 * connection back, one that is closed before ends it.
 *
 * @param status of HTTP
 * @param headers by name in lower case; several of a name are joined by commas
 * @param body to be closed by whoever got the answer
 */
public record Reply(int status, Map<String, String> headers, InputStream body)
    implements AutoCloseable {
  /** A header, by its name in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(HttpHead.lower(name)));
  }

  /** Bytes of the body as the head tells them, or -1. */
  public long length() {
    return header("content-length").map(Long::parseLong).orElse(-1L);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
