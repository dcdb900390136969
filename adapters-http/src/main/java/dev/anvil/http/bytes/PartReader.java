package dev.anvil.http.bytes;

import dev.anvil.ports.failure.Invalid;
import java.io.IOException;
import java.io.InputStream;

/** Reads the parts of a multipart body one after another, in a window of fixed size. One thread. */
final class PartReader {
  private static final int WINDOW_BYTES = 64 << 10;
  private static final byte CR = '\r';
  private static final byte LF = '\n';

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] window = new byte[WINDOW_BYTES];
  private int from;
  private int to;
  private boolean ended;
  private boolean started;
  private boolean atDelimiter;
  private boolean closed;

  PartReader(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = RelatedBody.ascii("\r\n--" + boundary);
  }

  /** Goes behind the next boundary; false if it was the closing one. */
  boolean next() throws IOException {
    if (!started) {
      started = true;
      // the first boundary may be the first line: pretend that a line ended before it
      window[0] = CR;
      window[1] = LF;
      to = 2;
    }
    byte[] bin = new byte[4096];
    while (!atDelimiter && read(bin, 0, bin.length) >= 0) {
      // preamble, or what is left of the part before
      continue;
    }
    from += delimiter.length;
    atDelimiter = false;
    if (fill(2) && window[from] == '-' && window[from + 1] == '-') {
      closed = true;
      return false;
    }
    String rest = line(WINDOW_BYTES / 2);
    if (!rest.isBlank()) {
      throw RelatedBody.bad("a boundary is followed by something on its line");
    }
    return true;
  }

  private boolean startsWithDelimiter() {
    return to - from >= delimiter.length && matches(from);
  }

  /** Whether the closing boundary was reached. */
  boolean closed() throws IOException {
    if (atDelimiter && !closed) {
      int mark = from + delimiter.length;
      while (to - from < delimiter.length + 2 && more()) {
        mark = from + delimiter.length;
      }
      closed = to - mark >= 2 && window[mark] == '-' && window[mark + 1] == '-';
    }
    return closed;
  }

  /** Bytes of the part; -1 at its boundary. */
  int read(byte[] into, int offset, int length) throws IOException {
    if (atDelimiter || closed) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    while (true) {
      int end = safeEnd();
      if (end > from) {
        int count = Math.min(length, end - from);
        System.arraycopy(window, from, into, offset, count);
        from += count;
        return count;
      }
      if (startsWithDelimiter()) {
        atDelimiter = true;
        return -1;
      }
      if (!more()) {
        throw new Invalid(
            Invalid.Reason.INCOMPLETE_BODY, "The multipart body ends before its closing boundary.");
      }
    }
  }

  /** Bytes before this index are certainly of the part. */
  private int safeEnd() {
    for (int i = from; i < to; i++) {
      if (window[i] == CR && couldMatch(i)) {
        return i;
      }
    }
    return to;
  }

  private boolean couldMatch(int at) {
    int length = Math.min(delimiter.length, to - at);
    for (int i = 0; i < length; i++) {
      if (window[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(int at) {
    return to - at >= delimiter.length && couldMatch(at);
  }

  /** A line without its end; at most so many bytes. */
  String line(int limit) throws IOException {
    StringBuilder out = new StringBuilder();
    while (true) {
      if (!fill(2)) {
        throw RelatedBody.bad("it ends inside a part's head");
      }
      if (window[from] == CR && window[from + 1] == LF) {
        from += 2;
        return out.toString();
      }
      out.append((char) (window[from++] & 0xff));
      if (out.length() > limit) {
        throw RelatedBody.bad("a part's head is too long");
      }
    }
  }

  private boolean fill(int bytes) throws IOException {
    while (to - from < bytes) {
      if (!more()) {
        return false;
      }
    }
    return true;
  }

  private boolean more() throws IOException {
    if (ended) {
      return false;
    }
    if (to == window.length) {
      System.arraycopy(window, from, window, 0, to - from);
      to -= from;
      from = 0;
    }
    int count = in.read(window, to, window.length - to);
    if (count < 0) {
      ended = true;
      return false;
    }
    to += count;
    return true;
  }
}
