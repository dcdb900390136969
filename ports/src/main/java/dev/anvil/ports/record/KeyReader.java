package dev.anvil.ports.record;

import dev.anvil.ports.failure.Corrupt;
import java.util.Arrays;

/** Takes apart what {@link KeyWriter} wrote; every misfit is {@code Corrupt}. */
public final class KeyReader {
  private final byte[] bytes;
  private int at;

  /** Starts after the key space byte, which must match. */
  public KeyReader(byte[] bytes, KeySpace space) {
    this.bytes = bytes;
    if (u8() != space.prefix()) {
      throw new Corrupt("a key of space " + space + " starts with another byte");
    }
  }

  /** One byte, 0..255. */
  public int u8() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  /** Four bytes. */
  public int u32() {
    need(4);
    int v = 0;
    for (int i = 0; i < 4; i++) {
      v = v << 8 | bytes[at++] & 0xFF;
    }
    return v;
  }

  /** Eight bytes. */
  public long u64() {
    need(8);
    long v = 0;
    for (int i = 0; i < 8; i++) {
      v = v << 8 | bytes[at++] & 0xFF;
    }
    return v;
  }

  /** Eight bytes of a descending part. */
  public long u64Descending() {
    return ~u64();
  }

  /** All that is left. */
  public byte[] rest() {
    byte[] v = Arrays.copyOfRange(bytes, at, bytes.length);
    at = bytes.length;
    return v;
  }

  /** An escaped part. */
  public byte[] part() {
    byte[] out = new byte[bytes.length - at];
    int n = 0;
    while (true) {
      int b = u8();
      if (b == 0) {
        int next = u8();
        if (next == 1) {
          return Arrays.copyOf(out, n);
        }
        if (next != 0xFF) {
          throw new Corrupt("a key part holds 00 " + Integer.toHexString(next));
        }
      }
      out[n++] = (byte) b;
    }
  }

  private void need(int n) {
    if (bytes.length - at < n) {
      throw new Corrupt("a key of " + bytes.length + " bytes ends early");
    }
  }
}
