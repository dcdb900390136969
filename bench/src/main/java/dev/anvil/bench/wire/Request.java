package dev.anvil.bench.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One request, built once and sendable many times.
 *
 * @param method such as PUT
 * @param target raw request target, already percent-encoded
 * @param fields further header lines, each ended by CR LF; may be empty
 * @param body sent after the head
 */
public record Request(String method, String target, String fields, Body body) {

  /** Bytes to send. */
  public interface Body {
    /** Exact length in bytes, or -1 to send chunked. */
    long length();

    /** Writes exactly {@link #length} bytes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** A body in memory. */
  public record Bytes(byte[] bytes) implements Body {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  /** A request without a body. */
  public static Request of(String method, String target) {
    return new Request(method, target, "", null);
  }

  /** The same with a body. */
  public Request with(byte[] bytes) {
    return new Request(method, target, fields, new Bytes(bytes));
  }

  /** The same with a text body. */
  public Request with(String text) {
    return with(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with a streamed body. */
  public Request with(Body streamed) {
    return new Request(method, target, fields, streamed);
  }

  /** The same with one more field; a null value adds nothing. */
  public Request header(String name, String value) {
    if (value == null) {
      return this;
    }
    return new Request(method, target, fields + name + ": " + value + "\r\n", body);
  }
}
