package dev.anvil.bench.history;

import java.nio.ByteBuffer;

/**
 * Content that tells whose it is: its tag and length in front, then bytes that only this tag has,
 * so that a mixture of two contents is seen.
 */
public final class Payload {
  /** The shortest content. */
  public static final int MIN_BYTES = 16;

  private Payload() {}

  /** The content of a tag in that length, at least {@link #MIN_BYTES}. */
  public static byte[] of(long tag, int length) {
    byte[] bytes = new byte[length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.putLong(tag).putLong(length);
    long state = seed(tag, length);
    while (buffer.remaining() >= Long.BYTES) {
      state = step(state);
      buffer.putLong(state);
    }
    while (buffer.hasRemaining()) {
      state = step(state);
      buffer.put((byte) state);
    }
    return bytes;
  }

  /**
   * The tag of a whole content.
   *
   * @return -1 if the bytes are no whole content of any tag
   */
  public static long tag(byte[] bytes) {
    if (bytes.length < MIN_BYTES) {
      return -1;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long tag = buffer.getLong();
    long length = buffer.getLong();
    boolean whole = length == bytes.length && java.util.Arrays.equals(bytes, of(tag, bytes.length));
    return whole ? tag : -1;
  }

  private static long seed(long tag, long length) {
    return (tag * 0x9E3779B97F4A7C15L ^ length) | 1;
  }

  private static long step(long state) {
    long x = state;
    x ^= x << 13;
    x ^= x >>> 7;
    x ^= x << 17;
    return x;
  }
}
