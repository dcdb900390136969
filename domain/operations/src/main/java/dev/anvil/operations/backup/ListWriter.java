package dev.anvil.operations.backup;

import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.record.RecordWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Writes the entries of a list into segments, files named by their hash. Where a segment ends
 * depends on the keys alone, so that what did not change ends up in the same files again.
 */
final class ListWriter<E> {
  private static final int FORMAT = 1;

  /** Away from the bits that say where chunks end. */
  private static final int HASH_SHIFT = 8;

  private final BackupTarget target;
  private final Blobs blobs;
  private final BiConsumer<E, RecordWriter> writer;
  private final Map<String, Segment> present;
  private final List<Segment> segments = new ArrayList<>();
  private RecordWriter open = new RecordWriter(FORMAT);
  private int entries;
  private long stored;

  /** {@code present}: segments that are at the target already, by hash in hexadecimal. */
  ListWriter(
      BackupTarget target,
      Blobs blobs,
      BiConsumer<E, RecordWriter> writer,
      Map<String, Segment> present) {
    this.target = target;
    this.blobs = blobs;
    this.writer = writer;
    this.present = present;
  }

  /** Adds an entry; {@code keyHash} is any hash of its key alone. */
  void add(E entry, int keyHash) {
    writer.accept(entry, open.flag(true));
    entries++;
    boolean cut =
        Integer.remainderUnsigned(keyHash >>> HASH_SHIFT, BackupLimits.SEGMENT_ENTRIES) == 0;
    if (cut || open.size() >= BackupLimits.SEGMENT_BYTES) {
      close();
    }
  }

  private void close() {
    byte[] plain = open.flag(false).toBytes();
    byte[] hash = BackupFiles.sha256(plain);
    // named by what it says, so that a sealed segment is found again although sealing is random
    Segment segment = present.get(HexFormat.of().formatHex(hash));
    if (segment == null) {
      byte[] file = blobs.encode(plain, true);
      segment = new Segment(hash, plain.length, BackupFiles.sha256(file));
      target.put(segment.file(blobs.suffix()), file);
      stored += file.length;
    }
    segments.add(segment);
    open = new RecordWriter(FORMAT);
    entries = 0;
  }

  /** Every segment, in order; all are at the target. */
  List<Segment> finish() {
    if (entries > 0) {
      close();
    }
    return List.copyOf(segments);
  }

  /** Bytes put at the target so far. */
  long stored() {
    return stored;
  }
}
