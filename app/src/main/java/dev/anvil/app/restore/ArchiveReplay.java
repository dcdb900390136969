package dev.anvil.app.restore;

import dev.anvil.operations.backup.ArchiveReader;
import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.waist.ArchivedSets;
import dev.anvil.waist.LocalPartitions;

/** Brings a partition from a snapshot forward over what was archived after it. */
final class ArchiveReplay {
  private static final int SYNC_SETS = 64;

  private final ArchiveReader archive;
  private final Backend backend;
  private final VolumeBodyStore bodies;
  private final Until until;
  private int boot;

  ArchiveReplay(ArchiveReader archive, Backend backend, VolumeBodyStore bodies, Until until) {
    this.archive = archive;
    this.backend = backend;
    this.bodies = bodies;
    this.until = until;
  }

  /** Applies what is wanted; bodies are there before a record that names them is. */
  PartitionHead run(int incarnation, int partition) {
    PartitionId id = new PartitionId(partition);
    BodiesRestore copying = new BodiesRestore(bodies);
    try (Engine engine = backend.openEngine(LocalPartitions.folder(id))) {
      ArchivedSets sets = new ArchivedSets(id, engine);
      archive.after(
          incarnation,
          partition,
          sets.head().revision(),
          run -> apply(run, partition, sets, copying));
      sets.sync();
      return sets.head();
    }
  }

  private void apply(
      ArchiveReader.Run run, int partition, ArchivedSets sets, BodiesRestore copying) {
    boolean copied = false;
    int unsynced = 0;
    for (byte[] set : run.sets()) {
      PartitionHead next = ArchivedSets.headOf(set);
      if (next.revision() <= sets.head().revision()) {
        continue;
      }
      if (!until.wants(partition, next)) {
        return;
      }
      if (!copied) {
        run.bodies().forEach(copying::copy);
        boot = Math.max(boot, run.boot());
        copied = true;
      }
      sets.apply(set);
      if (++unsynced % SYNC_SETS == 0) {
        sets.sync();
      }
    }
  }

  /** Greatest count of starts met; leases go on above it. */
  int boot() {
    return boot;
  }
}
