package dev.anvil.objects;

import dev.anvil.ports.failure.Invalid;
import java.util.Map;

/**
 * Bounds of a bucket.
 *
 * @param objects keys with a current object, or {@link #NONE}
 * @param bytes of all versions, open uploads, manifests and streams, or {@link #NONE}
 */
public record Quota(long objects, long bytes) {
  /** No bound. */
  public static final long NONE = -1;

  /** No bounds. */
  public static final Quota UNLIMITED = new Quota(NONE, NONE);

  /** Refuses numbers below -1. */
  public Quota {
    if (objects < NONE || bytes < NONE) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "a quota is 0 or more, or absent; got objects " + objects + ", bytes " + bytes,
          Map.of("objects", objects, "bytes", bytes));
    }
  }
}
