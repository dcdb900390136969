package dev.anvil.bench.bulk;

import dev.anvil.bench.wire.Request;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A body that stops at a place until all others have come as far.
 *
 * @param body what is sent
 * @param place bytes before the stop
 * @param barrier of all such bodies
 */
record HaltingBody(BigBody body, long place, CyclicBarrier barrier) implements Request.Body {
  private static final int BOUND_SECONDS = 120;

  @Override
  public long length() {
    return body.length();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    body.writeTo(
        new FilterOutputStream(out) {
          private long sent;

          @Override
          public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
            if (sent < place && sent + count >= place) {
              await();
            }
            sent += count;
          }
        });
  }

  private void await() throws IOException {
    try {
      barrier.await(BOUND_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted half way", e);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new IOException("the other uploads did not come half way", e);
    }
  }
}
