package dev.anvil.bench.peers;

import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import dev.anvil.bench.wire.Signature4;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits until a server answers a signed request with 200. */
final class Readiness {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Duration ONE = Duration.ofSeconds(5);

  private Readiness() {}

  static void await(URI endpoint, String key, String secret, BooleanSupplier alive)
      throws IOException {
    long end = System.nanoTime() + BOUND.toNanos();
    String last = "nothing";
    while (System.nanoTime() < end && alive.getAsBoolean()) {
      try (RawHttp http = new RawHttp(endpoint, ONE)) {
        Answer answer =
            http.send(new Signature4(endpoint, key, secret).sign(Request.of("GET", "/")));
        if (answer.ok()) {
          return;
        }
        last = answer.toString();
      } catch (IOException e) {
        last = e.toString();
      }
      pause();
    }
    throw new IOException(
        (alive.getAsBoolean() ? "not ready within " + BOUND : "the process ended")
            + "; its last answer: "
            + last);
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a server started", e);
    }
  }
}
