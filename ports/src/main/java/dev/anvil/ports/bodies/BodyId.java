package dev.anvil.ports.bodies;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Name of a body: 128 bits, unique in the deployment, ascending in the order of creation here. */
public record BodyId(long high, long low) implements Comparable<BodyId> {
  /** Length of {@link #bytes()}. */
  public static final int BYTES = 16;

  /** Sixteen bytes, big-endian, so that byte order is creation order. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /** The reverse of {@link #bytes()}. */
  public static BodyId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a body id has 16 bytes, not " + bytes.length);
    }
    ByteBuffer b = ByteBuffer.wrap(bytes);
    return new BodyId(b.getLong(), b.getLong());
  }

  @Override
  public int compareTo(BodyId other) {
    int c = Long.compareUnsigned(high, other.high);
    return c != 0 ? c : Long.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BodyId id && id.high == high && id.low == low;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(high) + Long.hashCode(low);
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
