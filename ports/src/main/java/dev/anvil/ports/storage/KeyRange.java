package dev.anvil.ports.storage;

import java.util.Arrays;

/**
 * Keys from {@code from} (inclusive) to {@code to} (exclusive), in unsigned byte order. A null
 * {@code to} means no upper bound.
 */
public record KeyRange(byte[] from, byte[] to) {
  /** Every key. */
  public static final KeyRange ALL = new KeyRange(new byte[0], null);

  /** Every key that starts with the prefix. */
  public static KeyRange prefix(byte[] prefix) {
    return new KeyRange(prefix, successorOfPrefix(prefix));
  }

  /** The same range from a later start. */
  public KeyRange startingAt(byte[] start) {
    return Arrays.compareUnsigned(start, from) <= 0 ? this : new KeyRange(start, to);
  }

  /** The same range, with keys strictly after the given one. */
  public KeyRange after(byte[] key) {
    return startingAt(Arrays.copyOf(key, key.length + 1));
  }

  /** Whether the key lies inside. */
  public boolean contains(byte[] key) {
    return Arrays.compareUnsigned(key, from) >= 0
        && (to == null || Arrays.compareUnsigned(key, to) < 0);
  }

  /** The smallest key greater than every key with this prefix; null if there is none. */
  public static byte[] successorOfPrefix(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xFF) {
        byte[] next = Arrays.copyOf(prefix, i + 1);
        next[i]++;
        return next;
      }
    }
    return null;
  }
}
