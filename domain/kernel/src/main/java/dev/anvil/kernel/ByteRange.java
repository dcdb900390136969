package dev.anvil.kernel;

/** Bytes {@code offset} to {@code offset + length - 1} of something; length may be 0. */
public record ByteRange(long offset, long length) {
  /** Refuses negative numbers and overflow. */
  public ByteRange {
    if (offset < 0 || length < 0 || offset + length < 0) {
      throw new IllegalArgumentException("range " + offset + "+" + length + " is not valid");
    }
  }

  /** The first byte after it. */
  public long end() {
    return offset + length;
  }
}
