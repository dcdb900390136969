package dev.anvil.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.storage.PartitionId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a verification says of revisions that the archive lacks. */
class ArchiveHolesTest {
  private final BackupWorld world = new BackupWorld();
  private String id;
  private long reached;

  @BeforeEach
  void snapshot() {
    for (int i = 0; i < 10; i++) {
      world.put("key-" + i, BackupWorld.random(3_000, i));
    }
    id = world.snapshot(false);
    reached = world.store.manifest(id).partitions().get(1).head().revision();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void archived(long first, long last) {
    archived(1, first, last);
  }

  private void archived(int incarnation, long first, long last) {
    String name = ArchiveSegment.prefix(incarnation, 1) + "%016x-%016x".formatted(first, last);
    world.target.put(name, new byte[] {1});
  }

  private List<String> holes() {
    return new SnapshotVerification(world.store, BackupWorld.references())
        .verify(id)
        .archiveHoles();
  }

  @Test
  void runsThatFollowEachOtherHaveNone() {
    assertThat(world.partitions.get(new PartitionId(1)).head().revision()).isEqualTo(reached);
    assertThat(holes()).isEmpty();
    archived(1, reached + 3);
    archived(reached + 4, reached + 9);
    archived(reached + 10, reached + 10);
    assertThat(holes()).isEmpty();
  }

  @Test
  void eachRunThatIsGoneIsToldWithItsRevisions() {
    archived(reached + 1, reached + 3);
    archived(reached + 6, reached + 9);
    archived(reached + 11, reached + 20);
    assertThat(holes())
        .satisfiesExactly(
            h -> assertThat(h).contains("partition 1", (reached + 4) + " to " + (reached + 5)),
            h -> assertThat(h).contains("partition 1", (reached + 10) + " to " + (reached + 10)));
  }

  @Test
  void anArchiveThatBeganLateHasOneAtItsStart() {
    archived(reached + 2, reached + 3);
    assertThat(holes()).singleElement().asString().contains((reached + 1) + " to " + (reached + 1));
  }

  @Test
  void whatIsBeforeTheSnapshotOrOfAnotherHistoryDoesNotMatter() {
    archived(1, 1);
    archived(reached, reached);
    archived(2, reached + 50, reached + 60);
    assertThat(holes()).isEmpty();
  }
}
