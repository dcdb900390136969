package dev.anvil.operations.backup;

import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;

/**
 * Reads every byte that was archived after a snapshot and proves it: signature and name of each
 * segment, that its write sets follow each other by revision and chain hash from the snapshot on,
 * the packs of its bodies, and every piece of every body.
 */
public final class ArchiveVerification {
  private final BackupStore store;
  private final SetOrder order;
  private final IntToLongFunction archived;

  /** Without the node that archives: an end that is missing looks like one not yet archived. */
  public ArchiveVerification(BackupStore store, SetOrder order) {
    this(store, order, partition -> 0);
  }

  /**
   * At the node that archives.
   *
   * @param archived revision of each partition up to which it brought everything to the target
   */
  public ArchiveVerification(BackupStore store, SetOrder order, IntToLongFunction archived) {
    this.store = store;
    this.order = order;
    this.archived = archived;
  }

  /**
   * What was read and proved.
   *
   * @param files segments and packs
   * @param sets write sets after the snapshot
   * @param bytes of the files
   * @param holes what is missing, a line each; no restore from the snapshot passes one
   */
  public record Archived(long files, long sets, long bytes, List<String> holes) {}

  /**
   * Verifies what was archived after a snapshot; the newest when the id is null.
   *
   * @throws Corrupt naming the first file that is damaged or another's
   */
  public Archived after(String id) {
    Manifest snapshot = store.manifest(id == null ? store.newest() : id);
    Reading reading = new Reading(snapshot);
    for (int n = 0; n < snapshot.partitions().size(); n++) {
      reading.partition(n);
    }
    return new Archived(reading.files, reading.sets, reading.bytes, List.copyOf(reading.holes));
  }

  /** One pass over the archive. */
  private final class Reading {
    private final Manifest snapshot;
    private final List<String> holes = new ArrayList<>();
    private final Set<String> packs = new HashSet<>();
    private long files;
    private long sets;
    private long bytes;

    Reading(Manifest snapshot) {
      this.snapshot = snapshot;
    }

    void partition(int number) {
      // asked for first: what is archived meanwhile is no hole
      long known = archived.applyAsLong(number);
      String prefix = ArchiveSegment.prefix(snapshot.incarnation(), number);
      PartitionHead at = snapshot.partitions().get(number).head();
      String after = "";
      List<String> page;
      do {
        page = store.target().list(prefix, after, BackupTarget.MAX_PAGE);
        for (String file : page) {
          after = file;
          ArchiveSegment.Name name = ArchiveSegment.Name.of(file);
          if (name.last() > at.revision()) {
            at = segment(number, name, file, at);
          }
        }
      } while (page.size() == BackupTarget.MAX_PAGE);
      if (known > at.revision()) {
        hole(number, at.revision() + 1, known, "at the end, though the node archived them");
      }
    }

    private void hole(int partition, long first, long last, String where) {
      if (holes.size() < BackupLimits.MAX_HOLES) {
        holes.add(
            "partition %d: revisions %d to %d are missing %s"
                .formatted(partition, first, last, where));
      }
    }

    private PartitionHead segment(
        int partition, ArchiveSegment.Name name, String file, PartitionHead reached) {
      boolean follows = name.first() <= reached.revision() + 1;
      if (!follows) {
        hole(partition, reached.revision() + 1, name.first() - 1, "before " + file);
      }
      try {
        byte[] stored = bytes(file);
        ArchiveSegment segment = ArchiveSegment.decode(file, stored, store.signer());
        count(stored);
        PartitionHead at = sets(segment, follows ? reached : null, reached.revision());
        bodies(segment);
        return at;
      } catch (Corrupt e) {
        throw new Corrupt(
            "snapshot %s is whole, what was archived after it is damaged from revision %d of partition %d on: %s"
                .formatted(
                    snapshot.id(),
                    Math.max(name.first(), reached.revision() + 1),
                    partition,
                    e.getMessage()));
      }
    }

    private PartitionHead sets(ArchiveSegment segment, PartitionHead from, long reached) {
      PartitionId partition = new PartitionId(segment.partition());
      PartitionHead at = from;
      long last = segment.first() - 1;
      for (byte[] set : ArchiveReader.sets(store, segment)) {
        PartitionHead says = order.headOf(set);
        if (says.revision() != last + 1) {
          throw BackupFiles.damaged(
              segment.file(), "holds revision " + says.revision() + " after " + last);
        }
        last = says.revision();
        if (last > reached) {
          at = at == null ? says : following(segment, partition, at, set);
          sets++;
        }
      }
      if (last != segment.last()) {
        throw BackupFiles.damaged(segment.file(), "ends with revision " + last);
      }
      return at;
    }

    private PartitionHead following(
        ArchiveSegment segment, PartitionId partition, PartitionHead at, byte[] set) {
      try {
        return order.next(partition, at, set);
      } catch (Corrupt e) {
        throw BackupFiles.damaged(segment.file(), "does not go on: " + e.getMessage());
      }
    }

    private void bodies(ArchiveSegment segment) {
      for (BodyEntry body : segment.bodies()) {
        for (BlobRef piece : body.pieces()) {
          if (packs.add(piece.file())) {
            byte[] pack = bytes(piece.file());
            PackWriter.check(piece.file(), pack);
            count(pack);
          }
        }
      }
      BlobReader reader = new BlobReader(store.target(), store.blobs(segment.sealKeyId()));
      for (BodyEntry body : segment.bodies()) {
        if (body.size() >= 0) {
          SnapshotReader.body(body, reader).bytes(piece -> {});
        }
      }
    }

    private byte[] bytes(String file) {
      try {
        return store.target().get(file);
      } catch (NotFound e) {
        throw BackupFiles.damaged(file, "is missing");
      }
    }

    private void count(byte[] file) {
      files++;
      bytes += file.length;
    }
  }
}
