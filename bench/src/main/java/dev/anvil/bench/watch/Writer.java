package dev.anvil.bench.watch;

import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Puts and deletes keys of a versioned bucket and notes the versions that were acknowledged. */
final class Writer implements Runnable {
  private static final int KEYS = 50;
  private static final long PAUSE_NANOS = 20_000_000;

  private final Site site;
  private final String bucket;
  private final Random random;
  private final BooleanSupplier stop;
  private final List<String> acknowledged = new ArrayList<>();

  Writer(Site site, String bucket, long seed, BooleanSupplier stop) {
    this.site = site;
    this.bucket = bucket;
    this.random = new Random(seed);
    this.stop = stop;
  }

  @Override
  public void run() {
    while (!stop.getAsBoolean()) {
      Site.Place place = site.place();
      try (Client client = new Client(place.url(), place.token())) {
        while (!stop.getAsBoolean()) {
          Answer answer = client.send(next());
          if (answer.ok()) {
            note(Calls.json(answer).path("version").asText());
          } else if (answer.status() != 503) {
            throw new IllegalStateException("a write was answered " + answer);
          }
        }
      } catch (IOException e) {
        // the server is gone: the outcome stays open, and the next place is tried
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private Request next() {
    String key = (random.nextBoolean() ? "a/" : "b/") + random.nextInt(KEYS);
    if (random.nextInt(4) == 0) {
      return Calls.delete(bucket, key);
    }
    return Calls.put(
        bucket, key, Long.toString(random.nextLong()).getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void note(String version) {
    acknowledged.add(version);
  }

  synchronized List<String> acknowledged() {
    return List.copyOf(acknowledged);
  }
}
