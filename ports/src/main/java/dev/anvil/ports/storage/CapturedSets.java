package dev.anvil.ports.storage;

import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;

/**
 * Write sets that a partition keeps beside its records until they are archived. They are of the
 * node that wrote them: no snapshot, export or chain hash holds them.
 */
public final class CapturedSets {
  /** Second byte of their keys, below {@link KeySpace#DUTIES}. */
  private static final int KIND = 0x04;

  private CapturedSets() {}

  /** Whether a captured write set, or a part of one, lies under the key. */
  public static boolean isCaptured(byte[] key) {
    return key.length > 1 && (key[0] & 0xFF) == KeySpace.DUTIES.prefix() && key[1] == KIND;
  }

  /** Key of a part of the write set of a revision. */
  public static byte[] key(long revision, int part) {
    return new KeyWriter(KeySpace.DUTIES).u8(KIND).u64(revision).u32(part).toBytes();
  }

  /** All of them, oldest first. */
  public static KeyRange range() {
    return KeyRange.prefix(new KeyWriter(KeySpace.DUTIES).u8(KIND).toBytes());
  }
}
