package dev.anvil.ports.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes keys whose byte order is the order of their parts. */
public final class KeyWriter {
  private byte[] bytes = new byte[64];
  private int size;

  /** Starts with the key space of the subject. */
  public KeyWriter(KeySpace space) {
    u8(space.prefix());
  }

  /** One byte. */
  public KeyWriter u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** Four bytes, big-endian, ordered as unsigned. */
  public KeyWriter u32(int value) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Eight bytes, big-endian, ordered as unsigned. */
  public KeyWriter u64(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Eight bytes ordered from the greatest unsigned value down. */
  public KeyWriter u64Descending(long value) {
    return u64(~value);
  }

  /** The rest of the key as it is; nothing may follow that must be told apart from it. */
  public KeyWriter rest(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** A part that others follow: 00 becomes 00 FF, and 00 01 ends it; order is kept. */
  public KeyWriter part(byte[] value) {
    room(value.length * 2 + 2);
    for (byte b : value) {
      bytes[size++] = b;
      if (b == 0) {
        bytes[size++] = (byte) 0xFF;
      }
    }
    bytes[size++] = 0;
    bytes[size++] = 1;
    return this;
  }

  /** A part of text in UTF-8. */
  public KeyWriter part(String value) {
    return part(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The prefix of an escaped part: what {@link #part(byte[])} writes, without its end. */
  public KeyWriter partPrefix(byte[] value) {
    part(value);
    size -= 2;
    return this;
  }

  /** The key. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
