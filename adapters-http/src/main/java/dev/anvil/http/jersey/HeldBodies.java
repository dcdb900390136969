package dev.anvil.http.jersey;

import dev.anvil.ports.failure.Unavailable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory for request bodies that are read whole: many large ones at once must not end the process.
 * What counts is what has arrived, so a slow sender takes no room from others.
 */
final class HeldBodies {
  private static final int WAIT_SECONDS = 2;

  /** What is made of a document may take so many times its text; larger ones are mostly text. */
  private static final int TREE = 8;

  private static final int TREE_TEXT_BYTES = 1 << 20;

  private final int room;
  private final Semaphore free;

  /** So many bytes for all requests together. */
  HeldBodies(int room) {
    this.room = room;
    this.free = new Semaphore(room, true);
  }

  /** The body of one request, counted until it is let go. */
  Held hold(InputStream body) {
    return new Held(body);
  }

  private static long cost(long text) {
    return text + TREE * Math.min(text, TREE_TEXT_BYTES);
  }

  /** A counted body; one thread. */
  final class Held extends FilterInputStream {
    private long read;

    private Held(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      if (count > 0) {
        take((int) (cost(read + count) - cost(read)));
        read += count;
      }
      return count;
    }

    private void take(int bytes) {
      boolean taken = false;
      try {
        taken = free.tryAcquire(bytes, WAIT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (!taken) {
        throw new Unavailable(
            Unavailable.Reason.OVERLOADED,
            "The server holds as many request bodies as it has room for; try again in a moment.",
            Map.of("limit", room));
      }
    }

    /** Nothing of the body is in use any more. */
    void release() {
      free.release((int) cost(read));
      read = 0;
    }
  }
}
