package dev.anvil.objects;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME: reflected, polynomial AD93D23594C93659, all ones at both ends. Long runs are taken
 * as two lanes side by side: each waits for its own look-ups, and a core has room for both.
 */
final class Crc64Nvme implements Checksum {
  private static final long POLYNOMIAL = Long.reverse(0xAD93D23594C93659L);

  /** Bytes a turn of the loop takes. */
  private static final int STRIDE = 16;

  /** Bytes of a lane. */
  private static final int LANE = 4096;

  /** What a byte does to the sum, for each distance from the last one of a turn. */
  private static final long[] TABLE = table();

  /** What a lane of zeros makes of each byte of a sum, the lowest first. */
  private static final long[] SHIFT = shift();

  private long state = -1L;

  @Override
  public void update(int b) {
    state = TABLE[(int) (state ^ b) & 0xFF] ^ state >>> 8;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long s = state;
    int at = offset;
    int end = offset + length;
    for (; at + 2 * LANE <= end; at += 2 * LANE) {
      s = lanes(in, at, s);
    }
    for (; at + STRIDE <= end; at += STRIDE) {
      s = eight(8, s ^ in.getLong(at)) ^ eight(0, in.getLong(at + 8));
    }
    state = s;
    for (; at < end; at++) {
      update(bytes[at] & 0xFF);
    }
  }

  private static long lanes(ByteBuffer in, int from, long sum) {
    long first = sum;
    long second = 0;
    for (int at = from; at < from + LANE; at += STRIDE) {
      first = eight(8, first ^ in.getLong(at)) ^ eight(0, in.getLong(at + 8));
      int beside = at + LANE;
      second = eight(8, second ^ in.getLong(beside)) ^ eight(0, in.getLong(beside + 8));
    }
    long shifted = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      shifted ^= SHIFT[i * 256 + ((int) (first >>> 8 * i) & 0xFF)];
    }
    return shifted ^ second;
  }

  /** What eight bytes do that the given number of bytes follow; written out, as it is the cost. */
  private static long eight(int followed, long bytes) {
    long[] t = TABLE;
    int last = followed << 8;
    return t[last + 7 * 256 + ((int) bytes & 0xFF)]
        ^ t[last + 6 * 256 + ((int) (bytes >>> 8) & 0xFF)]
        ^ t[last + 5 * 256 + ((int) (bytes >>> 16) & 0xFF)]
        ^ t[last + 4 * 256 + ((int) (bytes >>> 24) & 0xFF)]
        ^ t[last + 3 * 256 + ((int) (bytes >>> 32) & 0xFF)]
        ^ t[last + 2 * 256 + ((int) (bytes >>> 40) & 0xFF)]
        ^ t[last + 256 + ((int) (bytes >>> 48) & 0xFF)]
        ^ t[last + ((int) (bytes >>> 56) & 0xFF)];
  }

  @Override
  public long getValue() {
    return ~state;
  }

  @Override
  public void reset() {
    state = -1L;
  }

  private static long[] shift() {
    long[] ofBit = new long[Long.SIZE];
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long sum = 1L << bit;
      for (int i = 0; i < LANE; i++) {
        sum = TABLE[(int) sum & 0xFF] ^ sum >>> 8;
      }
      ofBit[bit] = sum;
    }
    long[] shift = new long[Long.BYTES * 256];
    for (int i = 0; i < shift.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        shift[i] ^= (i >> bit & 1) == 0 ? 0 : ofBit[i / 256 * 8 + bit];
      }
    }
    return shift;
  }

  private static long[] table() {
    long[] table = new long[STRIDE * 256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
      }
      table[i] = crc;
    }
    for (int i = 256; i < table.length; i++) {
      long crc = table[i - 256];
      table[i] = table[(int) crc & 0xFF] ^ crc >>> 8;
    }
    return table;
  }
}
