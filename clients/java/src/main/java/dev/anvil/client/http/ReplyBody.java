package dev.anvil.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer out of its connection: so many bytes, chunks, or all until the end. */
final class ReplyBody extends InputStream {
  private static final long TO_THE_END = -1;
  private static final long CHUNKS = -2;
  private static final int MAX_LINE_BYTES = 8 << 10;

  private final Connection connection;
  private final InputStream in;
  private final boolean chunked;
  private final boolean toTheEnd;
  private final long length;
  private long left;
  private boolean begun;
  private boolean ended;

  private ReplyBody(Connection connection, long length) {
    this.connection = connection;
    this.in = connection.in();
    this.length = length;
    this.chunked = length == CHUNKS;
    this.toTheEnd = length == TO_THE_END;
    this.left = Math.max(0, length);
  }

  /** As the head says it is framed. */
  static ReplyBody of(Connection connection, String method, HttpHead head) throws IOException {
    long length;
    if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
      length = 0;
    } else if (head.says("transfer-encoding", "chunked")) {
      length = CHUNKS;
    } else {
      length = told(head.headers().get("content-length"));
    }
    ReplyBody body = new ReplyBody(connection, length);
    if (length == 0) {
      body.end();
    }
    return body;
  }

  private static long told(String length) throws IOException {
    try {
      long bytes = length == null ? TO_THE_END : Long.parseLong(length);
      if (bytes >= TO_THE_END) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      throw new IOException("the answer says that it is '" + length + "' bytes long", e);
    }
    throw new IOException("the answer says that it is '" + length + "' bytes long");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int size) throws IOException {
    if (size == 0) {
      return 0;
    }
    if (!ended && chunked && left == 0) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int n = in.read(into, offset, toTheEnd ? size : (int) Math.min(size, left));
    if (n < 0) {
      connection.close();
      if (toTheEnd) {
        ended = true;
        return -1;
      }
      throw new EOFException(
          chunked
              ? "the connection ended within a chunk"
              : "the connection ended after " + (length - left) + " of " + length + " bytes");
    }
    left -= n;
    if (left == 0 && !chunked && !toTheEnd) {
      end();
    }
    return n;
  }

  private void nextChunk() throws IOException {
    int[] bytes = {MAX_LINE_BYTES};
    if (begun) {
      HttpHead.line(in, bytes);
    }
    begun = true;
    String line = HttpHead.line(in, bytes);
    int extension = line.indexOf(';');
    String size = (extension < 0 ? line : line.substring(0, extension)).strip();
    try {
      left = Long.parseUnsignedLong(size, 16);
    } catch (NumberFormatException e) {
      throw new IOException("a chunk of the answer says that it is '" + size + "' bytes long", e);
    }
    if (left < 0) {
      throw new IOException("a chunk of the answer says that it is '" + size + "' bytes long");
    }
    if (left == 0) {
      String trailer = HttpHead.line(in, bytes);
      while (!trailer.isEmpty()) {
        trailer = HttpHead.line(in, bytes);
      }
      end();
    }
  }

  private void end() {
    ended = true;
    connection.free();
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      connection.close();
    }
  }
}
