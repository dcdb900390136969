package dev.anvil.operations.backup;

import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.NotFound;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The archive between snapshots: write sets of a partition in order, with their bodies. */
public final class ArchiveReader {
  private static final int MAX_SETS_BYTES = 16 << 20;

  private final BackupStore store;

  /** Of this store. */
  public ArchiveReader(BackupStore store) {
    this.store = store;
  }

  /**
   * A run of write sets.
   *
   * @param sets in order
   * @param boot count of starts of the node that wrote them
   */
  public record Run(List<byte[]> sets, List<SnapshotReader.StoredBody> bodies, int boot) {}

  /**
   * Tells the runs of a partition that hold sets after the revision, in order.
   *
   * @throws dev.anvil.ports.failure.Corrupt naming the file if one is damaged
   */
  public void after(int incarnation, int partition, long revision, Consumer<Run> each) {
    String after = "";
    List<String> page;
    do {
      page =
          store
              .target()
              .list(ArchiveSegment.prefix(incarnation, partition), after, BackupTarget.MAX_PAGE);
      for (String file : page) {
        after = file;
        if (ArchiveSegment.Name.of(file).last() > revision) {
          each.accept(run(segment(store, file)));
        }
      }
    } while (page.size() == BackupTarget.MAX_PAGE);
  }

  static ArchiveSegment segment(BackupStore store, String file) {
    try {
      return ArchiveSegment.decode(file, store.target().get(file), store.signer());
    } catch (NotFound e) {
      throw BackupFiles.damaged(file, "is missing");
    }
  }

  private Run run(ArchiveSegment segment) {
    Blobs blobs = store.blobs(segment.sealKeyId());
    BlobReader reader = new BlobReader(store.target(), blobs);
    List<SnapshotReader.StoredBody> bodies = new ArrayList<>();
    segment.bodies().forEach(b -> bodies.add(SnapshotReader.body(b, reader)));
    return new Run(sets(store, segment), bodies, segment.boot());
  }

  /** Write sets of a segment, in order. */
  static List<byte[]> sets(BackupStore store, ArchiveSegment segment) {
    Blobs blobs = store.blobs(segment.sealKeyId());
    try {
      return ArchivePartition.sets(blobs.decode(segment.sets(), segment.file(), MAX_SETS_BYTES));
    } catch (Corrupt e) {
      throw BackupFiles.damaged(segment.file(), "holds no write sets: " + e.getMessage());
    }
  }
}
