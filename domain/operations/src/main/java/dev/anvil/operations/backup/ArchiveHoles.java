package dev.anvil.operations.backup;

import dev.anvil.ports.backup.BackupTarget;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for revisions that the archive lacks after a snapshot. A restore from that snapshot ends
 * before the first of them; one from a later snapshot may go on behind it.
 */
final class ArchiveHoles {
  private static final int MAX_TOLD = 100;

  private final BackupStore store;

  ArchiveHoles(BackupStore store) {
    this.store = store;
  }

  /** One line for each hole, partition by partition; none if nothing was archived since. */
  List<String> after(Manifest snapshot) {
    List<String> holes = new ArrayList<>();
    for (int n = 0; n < snapshot.partitions().size(); n++) {
      partition(snapshot, n, holes);
    }
    return List.copyOf(holes);
  }

  private void partition(Manifest snapshot, int partition, List<String> holes) {
    String prefix = ArchiveSegment.prefix(snapshot.incarnation(), partition);
    long reached = snapshot.partitions().get(partition).head().revision();
    String after = "";
    List<String> page;
    do {
      page = store.target().list(prefix, after, BackupTarget.MAX_PAGE);
      for (String file : page) {
        after = file;
        ArchiveSegment.Name name = ArchiveSegment.Name.of(file);
        if (name.last() > reached && name.first() > reached + 1 && holes.size() < MAX_TOLD) {
          holes.add(
              "partition %d: revisions %d to %d are missing before %s"
                  .formatted(partition, reached + 1, name.first() - 1, file));
        }
        reached = Math.max(reached, name.last());
      }
    } while (page.size() == BackupTarget.MAX_PAGE);
  }
}
