package dev.anvil.http.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;

/**
 * The response body: gathers up to one chunk, so that a short body leaves in one write with its
 * head, and blocks while the peer does not take more. Not closing it leaves the answer unfinished.
 */
public final class BodyOutput extends OutputStream {
  private static final int SMALL_BYTES = 1024;

  private final Response response;
  private final Pace pace;
  private final int chunk;
  private byte[] held;
  private int count;
  private boolean closed;

  BodyOutput(Response response, Pace pace, int chunk) {
    this.response = response;
    this.pace = pace;
    this.chunk = chunk;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the response body is closed");
    }
    if (count + length <= chunk) {
      hold(from, offset, length);
      return;
    }
    emit(false);
    if (length >= chunk) {
      send(false, ByteBuffer.wrap(from, offset, length));
    } else {
      hold(from, offset, length);
    }
  }

  /**
   * Writes all bytes of the buffer, without a copy unless more is to leave with them.
   *
   * @param last whether nothing follows: then they leave in the same write as the head or what is
   *     held
   */
  public void write(ByteBuffer bytes, boolean last) throws IOException {
    boolean alone = last ? count == 0 : bytes.remaining() >= SMALL_BYTES && count == 0;
    if (!alone && count + bytes.remaining() <= chunk) {
      hold(bytes);
      if (last) {
        close();
      }
      return;
    }
    emit(false);
    closed = last;
    send(last, bytes);
  }

  /** The whole body: it leaves in one write with the head, uncopied. */
  public void writeAll(byte[] body) throws IOException {
    write(ByteBuffer.wrap(body), true);
  }

  private void hold(ByteBuffer bytes) {
    int length = bytes.remaining();
    makeRoom(length);
    bytes.get(held, count, length);
    count += length;
  }

  private void hold(byte[] from, int offset, int length) {
    makeRoom(length);
    System.arraycopy(from, offset, held, count, length);
    count += length;
  }

  private void makeRoom(int length) {
    if (held == null || held.length - count < length) {
      byte[] larger = new byte[Math.min(chunk, Math.max(count + length, 4096))];
      if (held != null) {
        System.arraycopy(held, 0, larger, 0, count);
      }
      held = larger;
    }
  }

  private void emit(boolean last) throws IOException {
    if (count > 0 || last) {
      ByteBuffer bytes = held == null ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(held, 0, count);
      count = 0;
      send(last, bytes);
    }
  }

  /** Writes without a copy; blocks until the bytes are the kernel's. */
  private void send(boolean last, ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    boolean done = false;
    pace.begin();
    try (Blocker.Callback written = Blocker.callback()) {
      response.write(last, bytes, written);
      written.block();
      done = true;
    } finally {
      pace.end(done ? length : 0);
    }
  }

  @Override
  public void flush() throws IOException {
    emit(false);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      emit(true);
    }
  }
}
