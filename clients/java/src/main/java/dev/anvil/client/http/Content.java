package dev.anvil.client.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The body of a request.
 *
 * @param length bytes, or {@link #UNKNOWN}: it then goes in chunks
 * @param again whether it can be read from its start a second time
 * @param source opens it; who sends it closes it
 */
public record Content(long length, boolean again, Source source) {
  /** A length that is known only at the end. */
  public static final long UNKNOWN = -1;

  /** No body at all. */
  public static final Content NONE = of(new byte[0]);

  /** Opens a body. */
  @FunctionalInterface
  public interface Source {
    /** From its first byte on. */
    InputStream open() throws IOException;
  }

  /** Bytes at hand. */
  public static Content of(byte[] bytes) {
    return new Content(bytes.length, true, () -> new ByteArrayInputStream(bytes));
  }

  /** A text in UTF-8. */
  public static Content of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A file as long as it is now. */
  public static Content of(Path file) throws IOException {
    return new Content(Files.size(file), true, () -> Files.newInputStream(file));
  }

  /** A stream that ends when it ends; read once. */
  public static Content of(InputStream once) {
    return new Content(UNKNOWN, false, () -> once);
  }

  /** A stream of so many bytes; read once. */
  public static Content of(InputStream once, long length) {
    if (length < 0) {
      throw new IllegalArgumentException("length " + length + ": expected 0 or more bytes");
    }
    return new Content(length, false, () -> once);
  }
}
