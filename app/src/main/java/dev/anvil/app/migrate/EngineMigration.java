package dev.anvil.app.migrate;

import dev.anvil.app.home.HomeException;
import dev.anvil.app.home.StorageHome;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.storage.volumes.FileDisk;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.waist.LocalPartitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Moves a stopped node to another engine. Every partition is exported in order at one snapshot,
 * imported into a new engine beside the old one, and exported again from there; only when all
 * hashes agree do the folders change places. Run again after a crash at any point, it goes on.
 */
public final class EngineMigration {
  private final Path root;
  private final String target;
  private final Consumer<String> progress;

  /** Of a storage path to an engine by name; each finished step is told. */
  public EngineMigration(Path root, String target, Consumer<String> progress) {
    this.root = root;
    this.target = target;
    this.progress = progress;
  }

  /**
   * Runs to the end.
   *
   * @return keys moved; 0 if the node is on that engine already
   * @throws HomeException if the path is in use or cannot be used
   * @throws dev.anvil.ports.failure.Corrupt if a stored value fails its check; nothing is switched
   */
  public long run() throws IOException {
    Disk disk = new FileDisk(root);
    String source = StorageHome.engineOf(disk, root.toString());
    StorageHome.Wish wish = new StorageHome.Wish(1, source);
    SwitchOver over = new SwitchOver(root, target);
    try (StorageHome home =
        StorageHome.openForMigration(
            disk, root.toString(), wish, InstantSource.system(), new SecureRandom())) {
      if (source.equals(target)) {
        over.cleanUp();
        return 0;
      }
      long keys = 0;
      if (!over.begun()) {
        keys = copyAll(home.identity().partitions(), source, over);
        over.begin();
      }
      over.finish();
      home.changeEngine(target);
      over.cleanUp();
      return keys;
    }
  }

  private long copyAll(int partitions, String source, SwitchOver over) throws IOException {
    Backend from = StorageBackend.of(root, source);
    Backend to = StorageBackend.of(over.folder(), target);
    long keys = 0;
    for (int n = 0; n < partitions; n++) {
      PartitionId id = new PartitionId(n);
      long moved = over.done(n);
      if (moved < 0) {
        String folder = LocalPartitions.folder(id);
        try (Engine old = from.openEngine(folder);
            Engine fresh = to.openEngine(folder)) {
          moved = PartitionCopy.run(id, old, fresh);
        }
        over.done(n, moved);
      }
      progress.accept("partition " + n + ": " + moved + " keys moved and verified");
      keys += moved;
    }
    return keys + copyIndex(from, to, over);
  }

  /** The index of bodies is small and derived: a copy that broke off is begun anew. */
  private long copyIndex(Backend from, Backend to, SwitchOver over) throws IOException {
    String folder = VolumeBodyStore.INDEX_FOLDER;
    if (!Files.exists(root.resolve(folder))) {
      return 0;
    }
    over.dropTree(over.folder().resolve(folder));
    long keys;
    try (Engine old = from.openEngine(folder);
        Engine fresh = to.openEngine(folder)) {
      keys = RawCopy.run(old, fresh);
    }
    progress.accept("index of bodies: " + keys + " keys moved and verified");
    return keys;
  }
}
