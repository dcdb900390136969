package dev.anvil.operations.backup;

import dev.anvil.ports.backup.BackupTarget;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Drops old snapshots and the files that none of the others needs. Manifests go first, so a cut
 * leaves only files that the next pruning finds. Never while a snapshot is being taken.
 */
final class Pruning {
  private final BackupStore store;

  Pruning(BackupStore store) {
    this.store = store;
  }

  /** What went. */
  record Pruned(List<String> snapshots, long files) {}

  /** Keeps the newest so many. */
  Pruned keepNewest(int keep) {
    List<String> ids = store.ids();
    List<String> old = ids.subList(0, Math.max(0, ids.size() - keep));
    Set<String> needed = new HashSet<>();
    for (String id : ids.subList(old.size(), ids.size())) {
      // a damaged manifest stops it here, before anything is dropped
      needs(store.manifest(id), needed);
    }
    old.forEach(id -> store.target().delete(BackupFiles.snapshot(id)));
    long files = sweep(BackupFiles.PACKS, needed) + sweep(BackupFiles.LISTS, needed);
    return new Pruned(List.copyOf(old), files);
  }

  private void needs(Manifest m, Set<String> needed) {
    Blobs blobs = store.blobs(m.sealKeyId());
    for (Manifest.PartitionPart p : m.partitions()) {
      p.segments().forEach(s -> needed.add(s.file(blobs.suffix())));
      Iterator<ChunkEntry> chunks =
          new ListReader<>(store.target(), blobs, p.segments(), ChunkEntry::read);
      chunks.forEachRemaining(c -> needed.add(c.blob().file()));
    }
    m.bodies().segments().forEach(s -> needed.add(s.file(blobs.suffix())));
    Iterator<BodyEntry> bodies =
        new ListReader<>(store.target(), blobs, m.bodies().segments(), BodyEntry::read);
    bodies.forEachRemaining(b -> b.pieces().forEach(p -> needed.add(p.file())));
  }

  private long sweep(String folder, Set<String> needed) {
    long dropped = 0;
    String after = "";
    List<String> page;
    do {
      page = store.target().list(folder, after, BackupTarget.MAX_PAGE);
      for (String name : page) {
        after = name;
        if (!needed.contains(name)) {
          store.target().delete(name);
          dropped++;
        }
      }
    } while (page.size() == BackupTarget.MAX_PAGE);
    return dropped;
  }
}
