package dev.anvil.client.transfer;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a file.
 *
 * @param number from 1
 * @param offset of its first byte
 * @param length in bytes
 */
record Part(int number, long offset, long length) {
  private static final long USUAL = 8L << 20;
  private static final int MOST_PARTS = 9_000;

  /** Bytes of every part but the last; grows with the file so that there are not too many. */
  static long bytesFor(long size) {
    return Math.max(USUAL, Math.ceilDiv(size, MOST_PARTS));
  }

  static List<Part> of(long size, long bytes) {
    List<Part> parts = new ArrayList<>();
    for (long at = 0; at < size; at += bytes) {
      parts.add(new Part(parts.size() + 1, at, Math.min(bytes, size - at)));
    }
    return parts;
  }
}
