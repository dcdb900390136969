package dev.anvil.app.repair;

import dev.anvil.app.home.HomeException;
import dev.anvil.app.home.StorageHome;
import dev.anvil.app.node.BackupParts;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.journal.Finding;
import dev.anvil.operations.Findings;
import dev.anvil.operations.repair.UnreferencedBodies;
import dev.anvil.operations.repair.Validation;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.storage.volumes.FileDisk;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.waist.DamagedRecords;
import dev.anvil.waist.LocalPartitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * Repairs a stopped node. Everything is validated and every mismatch is told and filed. Derived
 * state is rebuilt: counts of buckets, and the index of bodies when it cannot be opened. Damaged
 * records, and bodies that no record names, are set apart only if asked for, with their bytes kept.
 * No fact is ever made up.
 */
public final class Repair {
  private static final int MAX_SET_APART = 10_000;

  private final Path root;
  private final Mode mode;
  private final Consumer<String> progress;

  /**
   * What may be changed.
   *
   * @param rebuild derived state that is wrong is rebuilt
   * @param quarantine damaged records are taken out of the engines into files, and so are bodies
   *     that no record names, where every record could be read
   */
  public record Mode(boolean rebuild, boolean quarantine) {}

  /** Of a storage path; each step is told. */
  public Repair(Path root, Mode mode, Consumer<String> progress) {
    this.root = root;
    this.mode = mode;
    this.progress = progress;
  }

  /**
   * Runs to the end.
   *
   * @throws HomeException if the path is in use or cannot be used
   */
  public Validation.Outcome run() throws IOException {
    Disk disk = new FileDisk(root);
    String engine = StorageHome.engineOf(disk, root.toString());
    try (StorageHome home =
        StorageHome.open(
            disk,
            root.toString(),
            new StorageHome.Wish(1, engine),
            InstantSource.system(),
            new SecureRandom())) {
      Backend backend = StorageBackend.of(root, engine);
      List<Finding> apart = new ArrayList<>();
      if (mode.quarantine()) {
        for (int n = 0; n < home.identity().partitions(); n++) {
          setApart(backend, n, apart);
        }
      }
      return validate(backend, home.identity().partitions(), apart);
    }
  }

  private void setApart(Backend backend, int partition, List<Finding> apart) throws IOException {
    String folder = LocalPartitions.folder(new PartitionId(partition));
    try (Engine engine = backend.openEngine(folder)) {
      List<Entry> damaged = DamagedRecords.find(engine, MAX_SET_APART);
      for (Entry e : damaged) {
        Path file = keep(partition, e);
        apart.add(
            new Finding(
                "record-checksum",
                "partition " + partition + " key " + HexFormat.of().formatHex(e.key()),
                "CRC32C over key and value",
                e.value().length + " bytes that fail it",
                "taken: set apart in " + root.relativize(file) + "; restore what it held",
                InstantSource.system().instant()));
      }
      if (!damaged.isEmpty()) {
        DamagedRecords.takeOut(engine, damaged);
        progress.accept("partition " + partition + ": " + damaged.size() + " records set apart");
      }
    }
  }

  /** The bytes as they were: hexadecimal key, a line end, then the stored value. */
  private Path keep(int partition, Entry e) throws IOException {
    Path folder = Files.createDirectories(root.resolve("quarantine/" + partition));
    String key = HexFormat.of().formatHex(e.key());
    Path file = Files.createTempFile(folder, "record-", ".bin");
    byte[] head = (key + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(head, head.length + e.value().length);
    System.arraycopy(e.value(), 0, all, head.length, e.value().length);
    Files.write(file, all, java.nio.file.StandardOpenOption.SYNC);
    return file;
  }

  private Validation.Outcome validate(Backend backend, int count, List<Finding> apart)
      throws IOException {
    List<Finding> rebuilt = new ArrayList<>();
    try (LocalPartitions partitions = StoppedPartitions.open(backend, count);
        VolumeBodyStore bodies = bodies(backend, rebuilt)) {
      Validation.Outcome seen =
          new Validation(
                  partitions,
                  bodies,
                  BackupParts.references(),
                  BackupParts.checks(partitions, bodies),
                  InstantSource.system())
              .run(mode.rebuild());
      List<Finding> all = new ArrayList<>(apart);
      all.addAll(rebuilt);
      all.addAll(seen.findings());
      UnnamedBodies unnamed = new UnnamedBodies(root, bodies, mode.quarantine(), progress);
      if (apart.isEmpty()
          && seen.found() == seen.findings().size()
          && seen.findings().stream().noneMatch(Repair::hidesNames)) {
        unnamed.settle(
            new UnreferencedBodies(
                partitions, BackupParts.everyReference(), InstantSource.system()));
      }
      all.addAll(unnamed.findings());
      if (mode.rebuild() || mode.quarantine()) {
        new Findings(partitions.directory(), Meters.none()).replace(all);
      }
      long found = seen.found() + apart.size() + rebuilt.size() + unnamed.found();
      return new Validation.Outcome(seen.records(), seen.journalEntries(), found, all);
    }
  }

  /** Whether something could not be read that names bodies, or would have told of who does. */
  private static boolean hidesNames(Finding f) {
    return f.invariant().startsWith("record-")
        || f.invariant().equals("partition-readable")
        || f.invariant().equals("journal-chain");
  }

  /** The index of bodies is derived from the volumes: one that cannot be opened is made anew. */
  private VolumeBodyStore bodies(Backend backend, List<Finding> rebuilt) throws IOException {
    try {
      return VolumeBodyStore.open(backend, new SecureRandom(), found -> {});
    } catch (AnvilException e) {
      if (!mode.rebuild()) {
        throw e;
      }
      Path index = root.resolve(VolumeBodyStore.INDEX_FOLDER);
      Path apart = Files.createDirectories(root.resolve("quarantine"));
      Path kept = apart.resolve("bodies-index-" + InstantSource.system().millis());
      Files.move(index, kept);
      progress.accept("the index of bodies is made anew from the volumes");
      rebuilt.add(
          new Finding(
              "body-index",
              "the index of bodies",
              "an engine that opens",
              e.getMessage(),
              "taken: made anew from the volumes; the old one is in " + root.relativize(kept),
              InstantSource.system().instant()));
      return VolumeBodyStore.open(backend, new SecureRandom(), found -> {});
    }
  }
}
