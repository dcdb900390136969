package dev.anvil.ports.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a record value: a format version byte, then fields in a fixed order. Evolution only
 * appends fields; readers of older bytes meet {@link RecordReader#hasMore()} false.
 */
public final class RecordWriter {
  private byte[] bytes = new byte[128];
  private int size;

  /** Starts with the format version, 1..127. */
  public RecordWriter(int version) {
    u8(version);
  }

  /** One byte, 0..255. */
  public RecordWriter u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** A boolean as one byte. */
  public RecordWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** Unsigned LEB128, 1 to 10 bytes. */
  public RecordWriter varint(long value) {
    room(10);
    long v = value;
    while ((v & ~0x7FL) != 0) {
      bytes[size++] = (byte) (v | 0x80);
      v >>>= 7;
    }
    bytes[size++] = (byte) v;
    return this;
  }

  /** Eight bytes, big-endian. */
  public RecordWriter i64(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Length and bytes; null is kept apart from empty. */
  public RecordWriter blob(byte[] value) {
    if (value == null) {
      return varint(0);
    }
    varint(value.length + 1L);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** UTF-8 string; null is kept apart from empty. */
  public RecordWriter text(String value) {
    return blob(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes written so far. */
  public int size() {
    return size;
  }

  /** The record. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
