package dev.anvil.objects;

import java.util.zip.Checksum;

/** CRC-64/NVME: reflected, polynomial AD93D23594C93659, all ones at both ends. */
final class Crc64Nvme implements Checksum {
  private static final long POLYNOMIAL = Long.reverse(0xAD93D23594C93659L);
  private static final long[][] TABLES = tables();

  private long state = -1L;

  @Override
  public void update(int b) {
    state = TABLES[0][(int) (state ^ b) & 0xFF] ^ state >>> 8;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    long s = state;
    int at = offset;
    int end = offset + length;
    // Eight bytes a turn; a table for each distance from the end of the eight.
    for (; at + 8 <= end; at += 8) {
      long next = 0;
      for (int i = 0; i < 8; i++) {
        next ^= TABLES[7 - i][(int) (s >>> 8 * i ^ bytes[at + i]) & 0xFF];
      }
      s = next;
    }
    state = s;
    for (; at < end; at++) {
      update(bytes[at] & 0xFF);
    }
  }

  @Override
  public long getValue() {
    return ~state;
  }

  @Override
  public void reset() {
    state = -1L;
  }

  private static long[][] tables() {
    long[][] tables = new long[8][256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
      }
      tables[0][i] = crc;
    }
    for (int t = 1; t < 8; t++) {
      for (int i = 0; i < 256; i++) {
        long crc = tables[t - 1][i];
        tables[t][i] = tables[0][(int) crc & 0xFF] ^ crc >>> 8;
      }
    }
    return tables;
  }
}
