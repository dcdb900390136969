package dev.anvil.s3.answer;

import dev.anvil.s3.wire.S3Exchange;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Work that may take longer than a connection bears silence. If it does, the answer begins before
 * its end is known: 200, the head of a document, then white space until the rest follows. What
 * fails afterwards is told inside the document, as clients of S3 expect it.
 */
public final class LongAnswer {
  private static final byte[] SPACE = {' '};

  /** A failure after the answer had begun; its cause is what is to be told. */
  public static final class Late extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Exception failure;

    Late(Exception failure) {
      super(failure);
      this.failure = failure;
    }

    /** What failed. */
    public Exception failure() {
      return failure;
    }
  }

  private LongAnswer() {}

  /**
   * Does the work on a thread of its own, while this one keeps the client waiting. Returns only
   * when the work has ended, even if the client is gone: nothing goes on unseen.
   *
   * @throws Late if the work failed after the answer had begun
   */
  static <T> T of(S3Call call, Supplier<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread.ofVirtual().name("s3-long-" + call.exchange().id()).start(task);
    long silence = call.settings().silence().toNanos();
    IOException gone = null;
    boolean interrupted = false;
    while (true) {
      try {
        T result = task.get(silence, TimeUnit.NANOSECONDS);
        if (gone != null) {
          throw gone;
        }
        return result;
      } catch (TimeoutException e) {
        gone = gone == null ? breathe(call.exchange()) : gone;
      } catch (ExecutionException e) {
        throw failure(call, e.getCause());
      } catch (InterruptedException e) {
        interrupted = true;
      } finally {
        if (interrupted && task.isDone()) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** Sends a sign of life; gives what kept it from leaving, or null. */
  private static IOException breathe(S3Exchange exchange) {
    try {
      if (exchange.begun()) {
        exchange.write(ByteBuffer.wrap(SPACE), false);
      } else {
        exchange.response().setStatus(200);
        exchange.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
        exchange.write(ByteBuffer.wrap(XmlWriter.head()), false);
      }
      exchange.flush();
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private static RuntimeException failure(S3Call call, Throwable cause) {
    switch (cause) {
      case Error error -> throw error;
      case Exception e when call.exchange().begun() -> {
        return new Late(e);
      }
      case RuntimeException e -> {
        return e;
      }
      default -> {
        return new IllegalStateException(cause);
      }
    }
  }
}
