package dev.anvil.operations.backup;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.PartitionHead;
import java.time.Instant;
import java.util.Iterator;
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
   * Every record of a partition in the order of keys, read as it goes. Its methods throw {@code
   * Corrupt} naming the file if one is damaged, missing or another's.
   */
  public Iterator<Entry> records(int partition) {
    return new RecordIterator(
        manifest.id(),
        partition,
        manifest.partitions().get(partition),
        new ListReader<>(
            store.target(),
            blobs,
            manifest.partitions().get(partition).segments(),
            ChunkEntry::read),
        new BlobReader(store.target(), blobs));
  }

  /** Tells every record of a partition in the order of keys. */
  public void records(int partition, Consumer<Entry> each) {
    records(partition).forEachRemaining(each);
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

  static StoredBody body(BodyEntry entry, BlobReader reader) {
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
