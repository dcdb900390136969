package dev.anvil.ports.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.CapturedSets;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.waist.ArchivedSets;
import dev.anvil.waist.GroupCommitPartition;
import dev.anvil.waist.Incidents;
import dev.anvil.waist.WaistRuntime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a partition captures of itself makes the same partition again, set by set. */
@Tag("fast")
class ArchivedSetsTest {
  private static final PartitionId ID = PartitionId.DIRECTORY;

  private static GroupCommitPartition capturing(MemoryStore store) {
    WaistRuntime runtime =
        new WaistRuntime(
            Thread.ofPlatform().daemon().factory(),
            System::nanoTime,
            InstantSource.system(),
            Meters.none(),
            Incidents.none(),
            true);
    return GroupCommitPartition.open(ID, () -> MemoryEngine.open(store), runtime);
  }

  private static void fill(GroupCommitPartition p) {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 60; i++) {
      byte[] key = ("k" + random.nextInt(20)).getBytes(UTF_8);
      byte[] value = new byte[i == 30 ? 700_000 : random.nextInt(200)];
      random.nextBytes(value);
      boolean delete = random.nextInt(4) == 0;
      p.write(tx -> {
        if (delete) {
          tx.delete(key);
        } else {
          tx.put(key, value);
        }
        return tx.append(Drafts.of("object.put", "k"));
      });
    }
  }

  private static List<byte[]> captured(GroupCommitPartition p) {
    return p.read(tx -> {
      List<byte[]> sets = new ArrayList<>();
      long revision = -1;
      try (EntryCursor c = tx.scan(CapturedSets.range(), Order.ASCENDING)) {
        while (c.next()) {
          byte[] piece = c.value().clone();
          if (CapturedSets.revision(c.key()) == revision) {
            byte[] before = sets.removeLast();
            byte[] both = Arrays.copyOf(before, before.length + piece.length);
            System.arraycopy(piece, 0, both, before.length, piece.length);
            piece = both;
          }
          revision = CapturedSets.revision(c.key());
          sets.add(piece);
        }
      }
      return sets;
    });
  }

  @Test
  void theSetsMakeTheSamePartitionAndDropsOfThemChangeNoHash() {
    MemoryStore store = new MemoryStore("captured");
    List<byte[]> sets;
    PartitionHead head;
    try (GroupCommitPartition p = capturing(store)) {
      fill(p);
      p.write(tx -> {
        for (long revision = 1; revision < 20; revision++) {
          tx.delete(CapturedSets.key(revision, 0));
        }
        return null;
      });
      sets = captured(p);
      head = p.head();
    }
    assertThat(ArchivedSets.headOf(sets.getFirst()).revision()).isEqualTo(20);
    MemoryStore whole = new MemoryStore("whole");
    try (GroupCommitPartition p = capturing(whole)) {
      fill(p);
      p.write(tx -> {
        tx.put("other".getBytes(UTF_8), new byte[1]);
        return null;
      });
      List<byte[]> all = captured(p);
      MemoryStore again = new MemoryStore("again");
      try (Engine engine = MemoryEngine.open(again)) {
        ArchivedSets replay = new ArchivedSets(ID, engine);
        all.forEach(replay::apply);
        replay.sync();
        assertThat(replay.head()).isEqualTo(p.head());
        assertThatThrownBy(() -> replay.apply(all.get(3)))
            .isInstanceOf(Corrupt.class)
            .hasMessageContaining("hole");
      }
      try (GroupCommitPartition reopened = capturing(again)) {
        for (int i = 0; i < 20; i++) {
          byte[] key = ("k" + i).getBytes(UTF_8);
          byte[] expected = p.read(tx -> tx.get(key));
          byte[] actual = reopened.read(tx -> tx.get(key));
          assertThat(actual).isEqualTo(expected);
        }
        assertThat(reopened.journal(0, 1_000).entries()).hasSize(60);
      }
    }
    assertThat(head.revision()).isEqualTo(61);
  }
}
