package dev.anvil.bench.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Reads responses off one connection with bounded memory and exact framing. */
final class ResponseReader {
  private static final int BUFFER = 64 << 10;
  private static final int MAX_HEAD = 64 << 10;
  private static final byte[] NOTHING = new byte[0];

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private boolean closing;

  ResponseReader(InputStream in) {
    this.in = in;
  }

  /** Whether the last answer was the last one of the connection. */
  boolean closing() {
    return closing;
  }

  /** Whether the stream ends here. */
  boolean atEnd() throws IOException {
    return from == to && !fill();
  }

  Answer answer(boolean headOnly, RawHttp.Sink sink) throws IOException {
    byte[] head = head();
    int status = status(head);
    while (status >= 100 && status < 200) {
      head = head();
      status = status(head);
    }
    String length = field(head, "content-length");
    String coding = field(head, "transfer-encoding");
    closing = "close".equalsIgnoreCase(field(head, "connection"));
    if (headOnly || status == 204 || status == 304) {
      return new Answer(status, head, NOTHING, 0);
    }
    boolean streamed = sink != null && status >= 200 && status < 300;
    Body body = new Body(streamed ? sink : null);
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new IOException("transfer coding " + coding + " is not known here");
      }
      chunks(body);
    } else if (length != null) {
      exactly(Long.parseLong(length), body);
    } else {
      closing = true;
      untilEnd(body);
    }
    return new Answer(status, head, body.kept(), body.count);
  }

  /** What is left of a body: counted, and either kept within the bound or handed on. */
  private static final class Body {
    private final RawHttp.Sink sink;
    private final ByteArrayOutputStream kept;
    private long count;

    Body(RawHttp.Sink sink) {
      this.sink = sink;
      this.kept = sink == null ? new ByteArrayOutputStream(4096) : null;
    }

    void take(byte[] bytes, int offset, int length) throws IOException {
      count += length;
      if (sink != null) {
        sink.accept(bytes, offset, length);
      } else if (count > RawHttp.MAX_KEPT_BODY) {
        throw new IOException(
            "a body of more than " + RawHttp.MAX_KEPT_BODY + " bytes is not kept");
      } else {
        kept.write(bytes, offset, length);
      }
    }

    byte[] kept() {
      return kept == null ? NOTHING : kept.toByteArray();
    }
  }

  private void exactly(long length, Body body) throws IOException {
    long left = length;
    while (left > 0) {
      need("a body with " + left + " bytes to come");
      int n = (int) Math.min(left, to - from);
      body.take(buffer, from, n);
      from += n;
      left -= n;
    }
  }

  private void untilEnd(Body body) throws IOException {
    while (from < to || fill()) {
      body.take(buffer, from, to - from);
      from = to;
    }
  }

  private void chunks(Body body) throws IOException {
    while (true) {
      String line = line();
      int end = line.indexOf(';');
      long size = Long.parseLong((end < 0 ? line : line.substring(0, end)).strip(), 16);
      if (size == 0) {
        break;
      }
      exactly(size, body);
      if (!line().isEmpty()) {
        throw new IOException("a chunk is longer than its size says");
      }
    }
    while (!line().isEmpty()) {
      continue; // trailers
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      need("a line");
      char c = (char) (buffer[from++] & 0xFF);
      if (c == '\n') {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r'
            ? line.substring(0, length - 1)
            : line.toString();
      }
      if (line.length() >= MAX_HEAD) {
        throw new IOException("a line of more than " + MAX_HEAD + " bytes");
      }
      line.append(c);
    }
  }

  /** The head with the empty line that ends it. */
  private byte[] head() throws IOException {
    byte[] head = NOTHING;
    int matched = 0;
    while (true) {
      need("a response head");
      int at = from;
      while (at < to && matched < 4) {
        byte b = buffer[at++];
        matched = b == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : b == '\r' ? 1 : 0;
      }
      int old = head.length;
      head = Arrays.copyOf(head, old + at - from);
      System.arraycopy(buffer, from, head, old, at - from);
      from = at;
      if (matched == 4) {
        return head;
      }
      if (head.length > MAX_HEAD) {
        throw new IOException("a response head of more than " + MAX_HEAD + " bytes");
      }
    }
  }

  private static int status(byte[] head) throws IOException {
    boolean shaped = head.length >= 13 && head[0] == 'H' && head[8] == ' ';
    if (!shaped) {
      throw new IOException("no status line: " + new String(head, StandardCharsets.ISO_8859_1));
    }
    return (head[9] - '0') * 100 + (head[10] - '0') * 10 + (head[11] - '0');
  }

  /** Value of a field by its lower-case name, found without making a string of the whole head. */
  private static String field(byte[] head, String name) {
    int length = name.length();
    for (int i = 0; i + length + 2 < head.length; i++) {
      if (head[i] != '\n' || head[i + length + 1] != ':') {
        continue;
      }
      int k = 0;
      while (k < length && (head[i + 1 + k] | 0x20) == (name.charAt(k) | 0x20)) {
        k++;
      }
      if (k == length) {
        int end = i + length + 2;
        while (head[end] != '\r') {
          end++;
        }
        int start = i + length + 2;
        return new String(head, start, end - start, StandardCharsets.ISO_8859_1)
            .strip()
            .toLowerCase(Locale.ROOT);
      }
    }
    return null;
  }

  private void need(String what) throws IOException {
    if (from == to && !fill()) {
      throw new EOFException("the connection ended before " + what);
    }
  }

  private boolean fill() throws IOException {
    from = 0;
    to = 0;
    int n = in.read(buffer, 0, buffer.length);
    to = Math.max(0, n);
    return n > 0;
  }
}
