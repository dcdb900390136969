package dev.anvil.operations.backup;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.Entry;
import java.util.ArrayList;
import java.util.List;

/** A run of records of a partition on its way into a blob, and back. */
final class Chunk {
  static final int MAX_BYTES = 4 << 20;

  private static final int FORMAT = 1;
  private static final int MAX_RECORDS = 1 << 20;

  private final byte[] firstKey;
  private final RecordWriter records = new RecordWriter(FORMAT);
  private int count;

  Chunk(byte[] firstKey) {
    this.firstKey = firstKey;
  }

  /** Adds a record; returns whether the chunk ends with it. */
  boolean add(byte[] key, byte[] value) {
    records.blob(key).blob(value);
    count++;
    return Integer.remainderUnsigned(Keys.hash(key), BackupLimits.CHUNK_ENTRIES) == 0
        || records.size() >= BackupLimits.CHUNK_BYTES;
  }

  byte[] firstKey() {
    return firstKey;
  }

  int count() {
    return count;
  }

  byte[] toBytes() {
    return records.toBytes();
  }

  /** The records of a chunk. */
  static List<Entry> decode(byte[] bytes, ChunkEntry entry) {
    try {
      RecordReader r = new RecordReader(bytes, "chunk", FORMAT);
      List<Entry> records = new ArrayList<>();
      while (r.hasMore() && records.size() < MAX_RECORDS) {
        byte[] key = r.blob();
        byte[] value = r.blob();
        if (key == null || value == null) {
          throw new Corrupt("a record has no key or no value");
        }
        records.add(new Entry(key, value));
      }
      if (records.size() != entry.records()) {
        throw new Corrupt("it has " + records.size() + " records of " + entry.records());
      }
      return records;
    } catch (Corrupt e) {
      throw BackupFiles.damaged(
          entry.blob().file(),
          "holds no chunk at byte " + entry.blob().offset() + ": " + e.getMessage());
    }
  }
}
