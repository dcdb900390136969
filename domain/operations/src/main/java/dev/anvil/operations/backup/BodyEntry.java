package dev.anvil.operations.backup;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A body.
 *
 * @param id its name
 * @param size in bytes; -1 if the body could not be read when the snapshot was taken
 * @param pieces in order
 */
record BodyEntry(BodyId id, long size, List<BlobRef> pieces) {
  private static final int MAX_PIECES = 1 << 24;

  boolean damaged() {
    return size < 0;
  }

  void write(RecordWriter w) {
    w.i64(id.high()).i64(id.low()).i64(size).varint(pieces.size());
    pieces.forEach(p -> p.write(w));
  }

  static BodyEntry read(RecordReader r) {
    BodyId id = new BodyId(r.i64(), r.i64());
    long size = r.i64();
    int count = r.count(MAX_PIECES);
    List<BlobRef> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(BlobRef.read(r));
    }
    return new BodyEntry(id, size, List.copyOf(pieces));
  }
}
