package dev.anvil.bench.load;

import dev.anvil.bench.process.ServerProcess;
import java.io.IOException;

/** Fills a bucket with many objects. */
public final class Filling {
  private static final int CLIENTS = 16;

  private Filling() {}

  /** Writes that many objects of that size into an existing bucket; fails if any put fails. */
  public static void of(
      ServerProcess server, String token, String bucket, long count, int bodyBytes)
      throws IOException {
    new Keys(bucket, bodyBytes).fill(new Load(server, token), CLIENTS, count);
  }
}
