package dev.anvil.ports.record;

import dev.anvil.ports.failure.Corrupt;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link RecordWriter} wrote; every misfit is {@code Corrupt}, never another error. */
public final class RecordReader {
  private final byte[] bytes;
  private final String what;
  private final int version;
  private int at;

  /**
   * Starts reading.
   *
   * @param what for messages, for example "bucket record"
   * @param newest greatest format version this code knows
   */
  public RecordReader(byte[] bytes, String what, int newest) {
    this.bytes = bytes;
    this.what = what;
    this.version = u8();
    if (version < 1 || version > newest) {
      throw new Corrupt(
          what + " has format version " + version + ", this server knows 1.." + newest);
    }
  }

  /** Format version of the record. */
  public int version() {
    return version;
  }

  /** Whether fields follow; false where an older writer stopped. */
  public boolean hasMore() {
    return at < bytes.length;
  }

  /** One byte, 0..255. */
  public int u8() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  /** A boolean. */
  public boolean flag() {
    int v = u8();
    if (v > 1) {
      throw misfit("flag is " + v);
    }
    return v == 1;
  }

  /** Unsigned LEB128. */
  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = u8();
      if (shift == 63 && b > 1) {
        throw misfit("varint is longer than 64 bits");
      }
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw misfit("varint does not end");
  }

  /** A varint that fits 0..max. */
  public int count(int max) {
    long v = varint();
    if (v < 0 || v > max) {
      throw misfit("count " + Long.toUnsignedString(v) + " is outside 0.." + max);
    }
    return (int) v;
  }

  /** Eight bytes, big-endian. */
  public long i64() {
    need(8);
    long v = ByteBuffer.wrap(bytes, at, 8).getLong();
    at += 8;
    return v;
  }

  /** Bytes, or null. */
  public byte[] blob() {
    int length = pass();
    return length < 0 ? null : Arrays.copyOfRange(bytes, at - length, at);
  }

  /** Passes what has a length before it; returns the length, less than 0 for null. */
  private int pass() {
    long n = varint();
    if (n == 0) {
      return -1;
    }
    long length = n - 1;
    if (length < 0 || length > bytes.length - at) {
      throw misfit("length " + Long.toUnsignedString(length) + " passes the end");
    }
    at += (int) length;
    return (int) length;
  }

  /** String, or null. */
  public String text() {
    int length = pass();
    if (length < 0) {
      return null;
    }
    int from = at - length;
    if (isAscii(from, at)) {
      return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
    try {
      CharBuffer c =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
      return c.toString();
    } catch (CharacterCodingException e) {
      throw misfit("text is not UTF-8");
    }
  }

  /** Passes a string or bytes over, unread. */
  public void skip() {
    pass();
  }

  /** Passes so many bytes of numbers of a known length over. */
  public void skip(int count) {
    need(count);
    at += count;
  }

  private boolean isAscii(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private void need(int n) {
    if (bytes.length - at < n) {
      throw misfit("ends early");
    }
  }

  private Corrupt misfit(String why) {
    return new Corrupt(what + " at byte " + at + ": " + why);
  }
}
