package dev.anvil.operations.backup;

import dev.anvil.journal.BodyReferences;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.storage.Entry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads every byte that a snapshot needs and proves it: signature of the manifest, hash of every
 * list, pack, chunk and body, order of records, and that every body that a record names is there.
 */
public final class SnapshotVerification {
  private final BackupStore store;
  private final List<BodyReferences> references;

  /** Snapshots of this store. */
  public SnapshotVerification(BackupStore store, List<BodyReferences> references) {
    this.store = store;
    this.references = List.copyOf(references);
  }

  /**
   * All is well.
   *
   * @param facts of the snapshot
   * @param files read, lists and packs
   * @param bytes of the packs
   */
  public record Verified(SnapshotReader.Facts facts, long files, long bytes) {}

  /**
   * Verifies a snapshot; the newest when the id is null.
   *
   * @throws Corrupt naming the first file that is damaged, missing or another's
   */
  public Verified verify(String id) {
    SnapshotReader reader = SnapshotReader.open(store, id);
    Manifest m = reader.manifest();
    TreeSet<String> packs = new TreeSet<>();
    long lists = m.bodies().segments().size();
    for (Manifest.PartitionPart p : m.partitions()) {
      lists += p.segments().size();
      Iterator<ChunkEntry> chunks =
          new ListReader<>(store.target(), reader.blobs(), p.segments(), ChunkEntry::read);
      chunks.forEachRemaining(c -> packs.add(c.blob().file()));
    }
    Iterator<BodyEntry> bodies =
        new ListReader<>(store.target(), reader.blobs(), m.bodies().segments(), BodyEntry::read);
    bodies.forEachRemaining(b -> b.pieces().forEach(p -> packs.add(p.file())));
    long bytes = 0;
    for (String pack : packs) {
      bytes += check(pack);
    }
    reader.bodies(b -> {
      if (b.size() >= 0) {
        b.bytes(piece -> {});
      }
    });
    checkReferences(reader);
    return new Verified(reader.facts(), lists + packs.size() + 1, bytes);
  }

  private long check(String pack) {
    byte[] bytes;
    try {
      bytes = store.target().get(pack);
    } catch (NotFound e) {
      throw BackupFiles.damaged(pack, "is missing");
    }
    PackWriter.check(pack, bytes);
    return bytes.length;
  }

  private void checkReferences(SnapshotReader reader) {
    BodySet named = new BodySet(null, BackupLimits.BODIES_IN_MEMORY);
    while (true) {
      BodySet set = named;
      for (int n = 0; n < reader.manifest().partitions().size(); n++) {
        reader.records(n, e -> note(e, set));
      }
      set.sort();
      List<BodyId> missing = missing(reader, set);
      if (!missing.isEmpty()) {
        throw BackupFiles.damaged(
            BackupFiles.snapshot(reader.manifest().id()),
            "lacks body " + missing.getFirst() + ", which a record names");
      }
      if (set.ceiling() == null) {
        return;
      }
      named = new BodySet(set.ceiling(), BackupLimits.BODIES_IN_MEMORY);
    }
  }

  private void note(Entry e, BodySet set) {
    for (BodyReferences subject : references) {
      subject.of(e.key(), e.value(), set::add);
    }
  }

  private static List<BodyId> missing(SnapshotReader reader, BodySet named) {
    List<BodyId> missing = new ArrayList<>();
    int[] at = {0};
    reader.bodies(body -> {
      while (at[0] < named.size() && named.get(at[0]).compareTo(body.id()) < 0) {
        missing.add(named.get(at[0]++));
      }
      if (at[0] < named.size() && named.get(at[0]).equals(body.id())) {
        at[0]++;
      }
    });
    while (at[0] < named.size()) {
      missing.add(named.get(at[0]++));
    }
    return missing;
  }
}
