package dev.anvil.bench.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Frames answers of HTTP/1.1 as their bytes come in pieces of any size: by length or in chunks.
 * Bodies are counted and dropped.
 */
final class AnswerParser {
  private static final int MAX_HEAD = 16 << 10;
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);

  private enum State {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    TRAILER,
    DONE
  }

  private final byte[] line = new byte[MAX_HEAD];
  private boolean headOnly;
  private State state = State.DONE;
  private int used;
  private int status;
  private long left;
  private long body;

  /** The next answer begins. */
  void expect(boolean toHead) {
    headOnly = toHead;
    state = State.HEAD;
    used = 0;
    status = 0;
    body = 0;
  }

  /** Takes bytes; true when the answer is whole. */
  boolean take(ByteBuffer in) throws IOException {
    while (in.hasRemaining() && state != State.DONE) {
      switch (state) {
        case HEAD -> head(in);
        case BODY -> drop(in, State.DONE);
        case CHUNK -> drop(in, State.CHUNK_SIZE);
        case CHUNK_SIZE -> chunkSize(in);
        case TRAILER -> trailer(in);
        case DONE -> throw new IllegalStateException("nothing is expected");
      }
    }
    if (state == State.DONE && in.hasRemaining()) {
      throw new IOException(in.remaining() + " bytes behind the answer");
    }
    return state == State.DONE;
  }

  int status() {
    return status;
  }

  long bodyBytes() {
    return body;
  }

  private void head(ByteBuffer in) throws IOException {
    int from = Math.max(0, used - 3);
    int n = Math.min(in.remaining(), MAX_HEAD - used);
    int start = in.position();
    in.get(line, used, n);
    int end = endOfHead(from, used + n);
    if (end < 0) {
      used += n;
      if (used == MAX_HEAD) {
        throw new IOException("a head of more than " + MAX_HEAD + " bytes");
      }
      return;
    }
    in.position(start + end - used);
    used = 0;
    status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + line[11] - '0';
    if (status < 200) {
      return;
    }
    if (headOnly || status == 204 || status == 304) {
      state = State.DONE;
    } else if (field(LENGTH, end) instanceof String length) {
      left = Long.parseLong(length);
      state = left == 0 ? State.DONE : State.BODY;
    } else if (field(CODING, end) != null) {
      left = 0;
      state = State.CHUNK_SIZE;
    } else {
      throw new IOException("an answer " + status + " without a length");
    }
  }

  private int endOfHead(int from, int to) {
    for (int i = from + 3; i < to; i++) {
      if (line[i] == '\n' && line[i - 1] == '\r' && line[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private String field(byte[] name, int end) {
    for (int i = 0; i < end - name.length; i++) {
      if (line[i] == '\n' && named(name, i + 1)) {
        int stop = i + 1 + name.length;
        while (line[stop] != '\r') {
          stop++;
        }
        byte[] value = Arrays.copyOfRange(line, i + 1 + name.length, stop);
        return new String(value, StandardCharsets.US_ASCII).strip();
      }
    }
    return null;
  }

  private boolean named(byte[] name, int at) {
    for (int i = 0; i < name.length; i++) {
      // 0x20 makes a letter small and leaves hyphen and colon as they are
      if ((line[at + i] | 0x20) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private void drop(ByteBuffer in, State next) {
    int n = (int) Math.min(left, in.remaining());
    in.position(in.position() + n);
    left -= n;
    body += n;
    if (left == 0) {
      state = next;
    }
  }

  private void chunkSize(ByteBuffer in) throws IOException {
    String text = line(in);
    // an empty line ends the chunk before
    if (text == null || text.isEmpty()) {
      return;
    }
    int end = text.indexOf(';');
    left = Long.parseLong(end < 0 ? text : text.substring(0, end).strip(), 16);
    state = left == 0 ? State.TRAILER : State.CHUNK;
  }

  private void trailer(ByteBuffer in) throws IOException {
    String text = line(in);
    if (text != null && text.isEmpty()) {
      state = State.DONE;
    }
  }

  /** The next line without its end; null while it is not whole. */
  private String line(ByteBuffer in) throws IOException {
    while (in.hasRemaining()) {
      byte b = in.get();
      if (b == '\n') {
        int n = used > 0 && line[used - 1] == '\r' ? used - 1 : used;
        used = 0;
        return new String(line, 0, n, StandardCharsets.US_ASCII);
      }
      if (used == MAX_HEAD) {
        throw new IOException("a line of more than " + MAX_HEAD + " bytes");
      }
      line[used++] = b;
    }
    return null;
  }
}
