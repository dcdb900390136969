package dev.anvil.operations.backup;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;

/**
 * A run of records of a partition.
 *
 * @param firstKey its smallest key
 * @param records how many
 * @param blob where they are
 */
record ChunkEntry(byte[] firstKey, int records, BlobRef blob) {
  void write(RecordWriter w) {
    w.blob(firstKey).varint(records);
    blob.write(w);
  }

  static ChunkEntry read(RecordReader r) {
    byte[] first = r.blob();
    if (first == null) {
      throw new Corrupt("a list of a backup has a chunk without a first key");
    }
    return new ChunkEntry(first, r.count(Integer.MAX_VALUE), BlobRef.read(r));
  }
}
