package dev.anvil.operations.backup;

import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.record.RecordReader;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Reads a list entry by entry, one segment in memory, each proved by its hash. */
final class ListReader<E> implements Iterator<E> {
  private static final int FORMAT = 1;
  private static final int MAX_SEGMENT = BackupLimits.SEGMENT_BYTES + (2 << 20);

  private final BackupTarget target;
  private final Blobs blobs;
  private final Iterator<Segment> segments;
  private final Function<RecordReader, E> reader;
  private RecordReader open;
  private String file;
  private E next;

  ListReader(
      BackupTarget target, Blobs blobs, List<Segment> segments, Function<RecordReader, E> reader) {
    this.target = target;
    this.blobs = blobs;
    this.segments = segments.iterator();
    this.reader = reader;
  }

  @Override
  public boolean hasNext() {
    while (next == null && (open != null || segments.hasNext())) {
      if (open == null) {
        load(segments.next());
      }
      take();
    }
    return next != null;
  }

  private void take() {
    try {
      if (open.flag()) {
        next = reader.apply(open);
      } else if (open.hasMore()) {
        throw new Corrupt("bytes follow its end");
      } else {
        open = null;
      }
    } catch (Corrupt e) {
      throw BackupFiles.damaged(file, "cannot be read: " + e.getMessage());
    }
  }

  private void load(Segment segment) {
    file = segment.file(blobs.suffix());
    byte[] plain;
    try {
      byte[] stored = target.get(file);
      if (!Arrays.equals(BackupFiles.sha256(stored), segment.fileHash())) {
        throw new Corrupt("it fails its hash");
      }
      plain = blobs.decode(stored, file, MAX_SEGMENT);
    } catch (NotFound e) {
      throw BackupFiles.damaged(file, "is missing");
    } catch (Corrupt e) {
      throw BackupFiles.damaged(file, "does not open (" + e.getMessage() + ")");
    }
    if (plain.length != segment.bytes()
        || !Arrays.equals(BackupFiles.sha256(plain), segment.hash())) {
      throw BackupFiles.damaged(file, "fails its hash");
    }
    open = new RecordReader(plain, file, FORMAT);
  }

  @Override
  public E next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the list has ended");
    }
    E taken = next;
    next = null;
    return taken;
  }
}
