package dev.anvil.app.logs;

import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A log file whose lines are written together, at most {@link #LONGEST_WAIT_NANOS} after the first
 * of them, or once they fill the buffer. Stopping writes what waits. Any thread.
 */
final class BatchedFile extends RollingFileAppender<String> {
  /** How long a line may stay in memory. */
  static final long LONGEST_WAIT_NANOS = 50_000_000;

  private static final long BUFFER_BYTES = 32 << 10;

  private final AtomicBoolean waiting = new AtomicBoolean();
  private Thread writer;

  @Override
  public void start() {
    // not before it has a context: it would say so on the standard output
    setImmediateFlush(false);
    setBufferSize(new FileSize(BUFFER_BYTES));
    super.start();
    if (isStarted()) {
      writer = Thread.ofPlatform().daemon().name("anvil-log-lines").start(this::writeSoon);
    }
  }

  @Override
  protected void append(String line) {
    super.append(line);
    if (!waiting.get() && waiting.compareAndSet(false, true)) {
      LockSupport.unpark(writer);
    }
  }

  private void writeSoon() {
    while (isStarted()) {
      if (waiting.get()) {
        LockSupport.parkNanos(this, LONGEST_WAIT_NANOS);
        // a line that comes after this is not lost: it wakes the thread again
        waiting.set(false);
        writeNow();
      } else {
        LockSupport.park(this);
      }
    }
  }

  /** Writes what waits. */
  void writeNow() {
    streamWriteLock.lock();
    try {
      OutputStream out = getOutputStream();
      if (out != null) {
        out.flush();
      }
    } catch (IOException e) {
      addError("lines could not be written to " + getFile(), e);
    } finally {
      streamWriteLock.unlock();
    }
  }

  @Override
  public void stop() {
    super.stop();
    LockSupport.unpark(writer);
  }
}
