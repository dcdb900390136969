package dev.anvil.bench.load;

import dev.anvil.bench.history.Payload;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.Request;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Keys and bodies of a load bucket: the n-th key is in no order of n, every body is another, and
 * numbers are handed out once.
 */
final class Keys {
  private final String bucket;
  private final int bodyBytes;
  private final AtomicLong made = new AtomicLong();
  private final AtomicLong deleted = new AtomicLong();

  Keys(String bucket, int bodyBytes) {
    this.bucket = bucket;
    this.bodyBytes = bodyBytes;
  }

  String bucket() {
    return bucket;
  }

  /** Objects written so far. */
  long count() {
    return made.get();
  }

  static String key(long n) {
    long mixed = n * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(mixed, 8) + "/" + hex.toHexDigits(n, 10);
  }

  /** New objects; at most so many in all, -1 for no end. */
  Load.Source puts(long limit) {
    byte[] template = Payload.of(1, bodyBytes);
    return () -> {
      long n = made.incrementAndGet();
      if (limit >= 0 && n > limit) {
        made.decrementAndGet();
        return null;
      }
      byte[] body = template.clone();
      ByteBuffer.wrap(body).putLong(n);
      return Calls.put(bucket, key(n), body);
    };
  }

  /** Reads of random objects. */
  Load.Source reads(String method, RandomGenerator random) {
    long count = count();
    return () -> Request.of(method, Calls.object(bucket, key(1 + random.nextLong(count))));
  }

  /** Deletes, each of another object, until none is left. */
  Load.Source deletes() {
    return () -> {
      long n = deleted.incrementAndGet();
      return n > made.get() ? null : Calls.delete(bucket, key(n));
    };
  }

  /** Pages of 1,000 from random places. */
  Load.Source pages(RandomGenerator random) {
    HexFormat hex = HexFormat.of();
    return () ->
        Request.of(
            "GET",
            "/v1/buckets/"
                + bucket
                + "/objects?limit=1000&after="
                + hex.toHexDigits(random.nextLong() & 0x7fffffff, 8));
  }

  /** Writes all of a filling and nothing else. */
  void fill(Load load, int clients, long count) throws java.io.IOException {
    load.drain(clients, _ -> puts(count));
  }

  /** Whether a client sees the number of objects that were made. */
  long listed(Client client) throws java.io.IOException {
    return Calls.json(client.expect(Calls.bucket(bucket)))
        .path("contents")
        .path("objects")
        .asLong();
  }
}
