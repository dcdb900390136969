package dev.anvil.s3.body;

import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads lines and runs of bytes off a stream, through one small buffer. */
final class ChunkReader {
  private static final int BUFFER = 8 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;

  ChunkReader(InputStream in) {
    this.in = in;
  }

  /** Some bytes, at least one; -1 at the end. */
  int read(byte[] into, int offset, int length) throws IOException {
    if (at == end && length >= BUFFER) {
      return in.read(into, offset, length);
    }
    if (!filled()) {
      return -1;
    }
    int n = Math.min(length, end - at);
    System.arraycopy(buffer, at, into, offset, n);
    at += n;
    return n;
  }

  private boolean filled() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer, 0, BUFFER));
    }
    return at < end;
  }

  /** A line without its CRLF. */
  String line(int limit) throws IOException {
    StringBuilder line = new StringBuilder(100);
    while (true) {
      if (!filled()) {
        throw incomplete("it ends inside the head of a chunk");
      }
      char c = (char) (buffer[at++] & 0xff);
      if (c == '\n') {
        int last = line.length() - 1;
        if (last < 0 || line.charAt(last) != '\r') {
          throw incomplete("the head of a chunk does not end with CRLF");
        }
        line.setLength(last);
        return line.toString();
      }
      line.append(c);
      if (line.length() > limit) {
        throw incomplete("the head of a chunk has more than " + limit + " bytes");
      }
    }
  }

  /** The CRLF behind the bytes of a chunk. */
  void requireLineEnd() throws IOException {
    for (char expected : new char[] {'\r', '\n'}) {
      if (!filled() || buffer[at++] != expected) {
        throw incomplete("the bytes of a chunk are not followed by CRLF");
      }
    }
  }

  /** Everything that is left, at most so many bytes; null if there is more. */
  String rest(int limit) throws IOException {
    byte[] rest = new byte[limit + 1];
    int filled = 0;
    while (filled < rest.length) {
      int n = read(rest, filled, rest.length - filled);
      if (n < 0) {
        return new String(rest, 0, filled, StandardCharsets.ISO_8859_1);
      }
      filled += n;
    }
    return null;
  }

  static S3Failure incomplete(String why) {
    return new S3Failure(
        S3Code.IncompleteBody, S3Code.IncompleteBody.message(), Map.of("Detail", why));
  }
}
