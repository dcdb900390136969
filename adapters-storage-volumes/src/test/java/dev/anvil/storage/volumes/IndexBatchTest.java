package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.storage.WriteSet;
import dev.anvil.ports.testkit.MemoryEngine;
import dev.anvil.ports.testkit.MemoryStore;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes into one commit: each key once, in order, as it was said last. */
@Tag("fast")
class IndexBatchTest {
  private final IndexEngine engine =
      new IndexEngine(() -> MemoryEngine.open(new MemoryStore("bodies/index")));

  private static byte[] valueOf(WriteSet set, byte[] key) {
    List<WriteSet.Mutation> found =
        set.mutations().stream().filter(m -> Arrays.equals(m.key(), key)).toList();
    assertThat(found).hasSize(1);
    return found.getFirst().value();
  }

  @Test
  void theLastPutOfAKeyCounts() {
    IndexBatch batch = new IndexBatch();
    byte[] key = IndexRecords.placeKey(3, 80);
    batch.put(key, null);
    batch.put(IndexRecords.metaKey(), new byte[] {7});
    batch.put(key.clone(), new byte[] {1});
    batch.put(key.clone(), new byte[] {2});
    assertThat(valueOf(batch.toSet(), key)).containsExactly(2);
    assertThat(batch.toSet().mutations()).hasSize(2);
  }

  @Test
  void aPlaceThatAMovedBodyStillHasStays() {
    BodyId id = new BodyId(5, 6);
    Extent first = new Extent(1, 80, 0, VolumeFormat.FRAME_DATA);
    Extent second = new Extent(2, 80, VolumeFormat.FRAME_DATA, 100);
    BodyPlace from = new BodyPlace(second.end(), List.of(first, second));
    BodyPlace to =
        new BodyPlace(second.end(), List.of(new Extent(3, 80, 0, VolumeFormat.FRAME_DATA), second));
    IndexBatch put = new IndexBatch();
    IndexBatch move = new IndexBatch();
    engine.read(reader -> {
      put.apply(id, Change.sealed(from, Change.Kept.KEPT, 0), reader);
      return null;
    });
    engine.commit(put.toSet());
    engine.read(reader -> {
      move.apply(id, Change.moved(to), reader);
      return null;
    });
    WriteSet set = move.toSet();
    assertThat(valueOf(set, IndexRecords.placeKey(1, 80))).isNull();
    assertThat(valueOf(set, IndexRecords.placeKey(2, 80))).isNotNull();
    assertThat(valueOf(set, IndexRecords.placeKey(3, 80))).isNotNull();
    assertThat(move.liveChanges()).containsEntry(2, 0L);
    assertThat(move.bodies()).isZero();
    engine.close();
  }
}
