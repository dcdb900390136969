package dev.anvil.app.restore;

import dev.anvil.app.home.HomeException;
import dev.anvil.app.home.Identity;
import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.home.StorageHome;
import dev.anvil.app.node.BackupParts;
import dev.anvil.app.repair.StoppedPartitions;
import dev.anvil.operations.backup.ArchiveReader;
import dev.anvil.operations.backup.BackupStore;
import dev.anvil.operations.backup.SnapshotReader;
import dev.anvil.operations.backup.SnapshotVerification;
import dev.anvil.operations.repair.UnreferencedBodies;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.waist.EntriesAsExport;
import dev.anvil.waist.LocalPartitions;
import dev.anvil.waist.PartitionImport;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fills an empty folder from a snapshot. Everything is verified first; until the end the folder
 * says that it is unfinished, and no node starts on it; run again after a cut it goes on.
 */
public final class Restore {
  private static final long SECONDS_PER_MINUTE = 60;

  private final Backend backend;
  private final String label;
  private final BackupStore store;
  private final Consumer<String> progress;
  private final InstantSource clock;

  /**
   * Into a backend that holds nothing; each finished step is told.
   *
   * @param label what an operator calls the folder
   */
  public Restore(
      Backend backend,
      String label,
      BackupStore store,
      InstantSource clock,
      Consumer<String> progress) {
    this.backend = backend;
    this.label = label;
    this.store = store;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * What is there now.
   *
   * @param damaged bodies that the snapshot knew as damaged, the first twenty
   */
  public record Restored(SnapshotReader.Facts facts, Identity identity, List<BodyId> damaged) {}

  /**
   * Runs to the end.
   *
   * @param snapshot id; null for the newest
   * @param encryptionKeys what seals stored secrets, newest first; written to the secrets folder,
   *     null to leave it to the settings
   * @throws HomeException if the folder is in use or not empty
   * @throws dev.anvil.ports.failure.Corrupt naming the file if the backup is damaged; nothing was
   *     written then
   */
  public Restored run(String snapshot, List<String> encryptionKeys) throws IOException {
    return run(snapshot, encryptionKeys, Until.SNAPSHOT);
  }

  /** The same, and on over what was archived after the snapshot. */
  public Restored run(String snapshot, List<String> encryptionKeys, Until until)
      throws IOException {
    Disk disk = backend.disk();
    RestoreTarget target = new RestoreTarget(label, disk);
    target.check();
    SnapshotReader.Facts facts =
        new SnapshotVerification(store, BackupParts.references()).verify(snapshot).facts();
    progress.accept(
        "snapshot "
            + facts.id()
            + " verified: "
            + facts.records()
            + " records, "
            + facts.bodies()
            + " bodies");
    AutoCloseable lock = StorageHome.lockForRestore(disk, label);
    try {
      return fill(target, facts, disk, encryptionKeys, until);
    } finally {
      release(lock);
    }
  }

  private Restored fill(
      RestoreTarget target,
      SnapshotReader.Facts facts,
      Disk disk,
      List<String> encryptionKeys,
      Until until)
      throws IOException {
    if (target.claim(new RestoreTarget.Mark(facts.id(), backend.engineName(), until.text()))) {
      progress.accept("going on with what an earlier run left");
    }
    SnapshotReader reader = SnapshotReader.open(store, facts.id());
    partitions(reader, facts);
    int boot = facts.deployment().boot();
    List<BodyId> damaged = new ArrayList<>();
    boot = Math.max(boot, bodies(reader, facts, until, damaged));
    if (encryptionKeys != null) {
      NodeSecrets.restore(disk, encryptionKeys);
    }
    Identity identity = identity(facts);
    StorageHome.found(disk, identity, boot);
    target.release();
    return new Restored(facts, identity, damaged);
  }

  private void release(AutoCloseable lock) {
    try {
      lock.close();
    } catch (Exception e) {
      throw new HomeException("the lock of " + label + " could not be released", e);
    }
  }

  private void partitions(SnapshotReader reader, SnapshotReader.Facts facts) throws IOException {
    for (int n = 0; n < facts.partitions(); n++) {
      PartitionId id = new PartitionId(n);
      try (Engine fresh = backend.openEngine(LocalPartitions.folder(id))) {
        if (!PartitionImport.isThere(id, fresh, reader.head(n))) {
          PartitionImport.read(
              id, fresh, new EntriesAsExport(id, reader.head(n), reader.records(n)));
        }
      }
      progress.accept("partition " + n + ": at cursor " + reader.head(n).cursor());
    }
  }

  /** Returns the greatest count of starts met in the archive. */
  private int bodies(
      SnapshotReader reader, SnapshotReader.Facts facts, Until until, List<BodyId> damaged) {
    try (VolumeBodyStore bodies = VolumeBodyStore.open(backend, new SecureRandom(), found -> {})) {
      BodiesRestore run = new BodiesRestore(bodies);
      reader.bodies(run::copy);
      damaged.addAll(run.damaged());
      progress.accept("bodies: " + run.copied() + " written");
      ArchiveReplay replay = new ArchiveReplay(new ArchiveReader(store), backend, bodies, until);
      for (int n = 0; n < facts.partitions(); n++) {
        PartitionHead head =
            until.equals(Until.SNAPSHOT)
                ? reader.head(n)
                : replay.run(facts.deployment().incarnation(), n);
        if (head.revision() != reader.head(n).revision()) {
          progress.accept(
              "partition " + n + ": on to cursor " + head.cursor() + " of " + head.committedAt());
        }
        bodies.reconciled(n, head.cursor());
      }
      bodies.checkpoint();
      if (!until.equals(Until.SNAPSHOT)) {
        dropPassed(bodies, facts.partitions());
      }
      return replay.boot();
    }
  }

  /** Bodies of the snapshot and of the archive that what was replayed has deleted since. */
  private void dropPassed(VolumeBodyStore bodies, int count) {
    try (LocalPartitions partitions = StoppedPartitions.open(backend, count)) {
      new UnreferencedBodies(partitions, BackupParts.everyReference(), clock)
          .each(bodies, bodies::free);
      bodies.checkpoint();
    }
  }

  /** A new history begins: cursors and version ids of what was lost must match nothing. */
  private Identity identity(SnapshotReader.Facts facts) {
    int minutes = (int) (clock.instant().getEpochSecond() / SECONDS_PER_MINUTE);
    int incarnation = Math.max(facts.deployment().incarnation() + 1, minutes);
    return new Identity(
        Identity.FORMAT,
        facts.deployment().id(),
        incarnation,
        facts.partitions(),
        backend.engineName(),
        clock.instant().toString());
  }
}
