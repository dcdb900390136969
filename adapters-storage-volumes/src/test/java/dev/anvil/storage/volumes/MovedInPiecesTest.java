package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.ports.testkit.CrashLoss;
import dev.anvil.ports.testkit.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of many frames stay whole while steps move pieces of them, in whatever order they lie. */
@Tag("fast")
@Timeout(30)
class MovedInPiecesTest {
  private static final int STEPS = 800;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyBodyStaysWhole(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Rig rig = new Rig(seed);
    rig.open();
    Map<BodyId, byte[]> bodies = new TreeMap<>();
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(6)) {
        case 0 -> {
          if (bodies.size() < 12) {
            byte[] content = BodyStoreContract.content(1 + random.nextInt(900_000), step);
            BodyId id = BodyStoreContract.put(rig.store, content, 1 << 20);
            rig.store.keep(id);
            bodies.put(id, content);
          }
        }
        case 1 -> {
          List<BodyId> ids = new ArrayList<>(bodies.keySet());
          if (!ids.isEmpty()) {
            BodyId gone = ids.get(random.nextInt(ids.size()));
            rig.store.free(gone);
            bodies.remove(gone);
          }
        }
        default -> rig.store.compactStep(random.nextDouble() * 0.3, 1 + random.nextInt(300_000));
      }
      if (step % 20 == 0) {
        check(rig, bodies);
      }
    }
    check(rig, bodies);
    rig.store.checkpoint();
    rig.crash(CrashLoss.ALL_UNSYNCED);
    check(rig, bodies);
    rig.store.close();
    rig.engine = new MemoryStore("bodies/index");
    rig.open();
    check(rig, bodies);
  }

  private static void check(Rig rig, Map<BodyId, byte[]> bodies) {
    bodies.forEach(
        (id, content) -> assertThat(BodyStoreContract.read(rig.store, id)).isEqualTo(content));
    assertThat(rig.findings).isEmpty();
  }
}
