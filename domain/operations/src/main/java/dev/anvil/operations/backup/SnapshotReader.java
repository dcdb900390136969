package dev.anvil.operations.backup;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.PartitionHead;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** A snapshot to be restored: its records in order, and its bodies, every byte proved. */
public final class SnapshotReader {
  private final BackupStore store;
  private final Manifest manifest;
  private final Blobs blobs;

  private SnapshotReader(BackupStore store, Manifest manifest) {
    this.store = store;
    this.manifest = manifest;
    this.blobs = store.blobs(manifest.sealKeyId());
  }

  /**
   * Opens a snapshot; the newest when the id is null.
   *
   * @throws dev.anvil.ports.failure.NotFound BackupNotFound if there is none
   * @throws dev.anvil.ports.failure.Corrupt if its manifest is not to be trusted
   */
  public static SnapshotReader open(BackupStore store, String id) {
    return new SnapshotReader(store, store.manifest(id == null ? store.newest() : id));
  }

  /**
   * What the snapshot says of itself.
   *
   * @param id name
   * @param deployment whose it is
   * @param createdAt when
   * @param bodies how many
   * @param damaged bodies that were damaged already
   */
  public record Facts(
      String id,
      BackupSource.Deployment deployment,
      Instant createdAt,
      int partitions,
      long records,
      long bodies,
      long bytes,
      long damaged) {}

  /** What it says of itself. */
  public Facts facts() {
    return new Facts(
        manifest.id(),
        new BackupSource.Deployment(
            manifest.deploymentId(), manifest.incarnation(), manifest.boot()),
        manifest.createdAt(),
        manifest.partitions().size(),
        manifest.records(),
        manifest.bodies().count(),
        manifest.bodies().bytes(),
        manifest.bodies().damaged());
  }

  /** State of a partition. */
  public PartitionHead head(int partition) {
    return manifest.partitions().get(partition).head();
  }

  /**
   * Tells every record of a partition in the order of keys.
   *
   * @throws dev.anvil.ports.failure.Corrupt naming the file if one is damaged, missing or another's
   */
  public void records(int partition, Consumer<Entry> each) {
    Manifest.PartitionPart part = manifest.partitions().get(partition);
    BlobReader reader = new BlobReader(store.target(), blobs);
    Iterator<ChunkEntry> chunks =
        new ListReader<>(store.target(), blobs, part.segments(), ChunkEntry::read);
    byte[] last = null;
    long count = 0;
    while (chunks.hasNext()) {
      ChunkEntry chunk = chunks.next();
      List<Entry> records = Chunk.decode(reader.read(chunk.blob(), Chunk.MAX_BYTES), chunk);
      for (Entry e : records) {
        if (last != null && Arrays.compareUnsigned(e.key(), last) <= 0) {
          throw BackupFiles.damaged(chunk.blob().file(), "holds records out of order");
        }
        last = e.key();
        count++;
        each.accept(e);
      }
    }
    if (count != part.records()) {
      throw BackupFiles.damaged(
          BackupFiles.snapshot(manifest.id()),
          "names " + part.records() + " records of partition " + partition + ", found " + count);
    }
  }

  /** A body of a snapshot, piece by piece. */
  public interface StoredBody {
    /** Its name. */
    BodyId id();

    /** In bytes; -1 for one that was damaged when the snapshot was taken and has no bytes. */
    long size();

    /** Tells its bytes in order. */
    void bytes(Consumer<byte[]> each);
  }

  /** Tells every body in the order of names; its bytes are read only if they are asked for. */
  public void bodies(Consumer<StoredBody> each) {
    BlobReader reader = new BlobReader(store.target(), blobs);
    Iterator<BodyEntry> all =
        new ListReader<>(store.target(), blobs, manifest.bodies().segments(), BodyEntry::read);
    long count = 0;
    while (all.hasNext()) {
      each.accept(body(all.next(), reader));
      count++;
    }
    if (count != manifest.bodies().count()) {
      throw BackupFiles.damaged(
          BackupFiles.snapshot(manifest.id()),
          "names " + manifest.bodies().count() + " bodies, found " + count);
    }
  }

  private static StoredBody body(BodyEntry entry, BlobReader reader) {
    return new StoredBody() {
      @Override
      public BodyId id() {
        return entry.id();
      }

      @Override
      public long size() {
        return entry.size();
      }

      @Override
      public void bytes(Consumer<byte[]> each) {
        long left = entry.size();
        for (BlobRef piece : entry.pieces()) {
          byte[] bytes = reader.read(piece, BackupLimits.PIECE_BYTES);
          left -= bytes.length;
          each.accept(bytes);
        }
        if (left != 0) {
          throw BackupFiles.damaged(
              entry.pieces().isEmpty() ? "lists" : entry.pieces().getFirst().file(),
              "holds body " + entry.id() + " with another length");
        }
      }
    };
  }

  Manifest manifest() {
    return manifest;
  }

  Blobs blobs() {
    return blobs;
  }
}
