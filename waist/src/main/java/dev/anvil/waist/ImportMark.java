package dev.anvil.waist;

import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;

/** The key that stands in an engine from the first frame of an import to its verified end. */
final class ImportMark {
  static final byte[] KEY = new KeyWriter(KeySpace.WAIST).u8(0xFF).toBytes();

  private ImportMark() {}
}
