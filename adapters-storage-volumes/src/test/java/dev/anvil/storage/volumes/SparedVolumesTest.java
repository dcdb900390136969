package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.CompactionTerms;
import dev.anvil.ports.testkit.BodyStoreContract;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is copied out of a volume that dies by itself, and the one written stays on request. */
@Tag("fast")
@Timeout(30)
class SparedVolumesTest {
  private static final int BODY = 100_000;
  private static final int STEP = 1 << 20;
  private static final Duration LOOK = Duration.ofNanos(VolumeLimits.FADING_LOOK_NANOS);
  private static final CompactionTerms SPARING = new CompactionTerms(0.5, STEP, true, true);

  private final Rig rig = new Rig(4);
  private final List<BodyId> first = new ArrayList<>();

  /** A full volume, and one that is written. */
  @BeforeEach
  void fill() {
    rig.open();
    for (int i = 0; i < 12; i++) {
      BodyId id = BodyStoreContract.put(rig.store, BodyStoreContract.content(BODY, i), STEP);
      rig.store.keep(id);
      if (rig.store.stats().volumes() == 1) {
        first.add(id);
      }
    }
    rig.store.checkpoint();
    assertThat(rig.store.stats().volumes()).isEqualTo(2);
    assertThat(rig.store.compactStep(SPARING)).isFalse();
  }

  private void free(int from, int to) {
    first.subList(from, to).forEach(rig.store::free);
    rig.store.checkpoint();
  }

  private boolean there() throws IOException {
    return rig.disk.exists(Volumes.path(1));
  }

  private void compact(CompactionTerms terms) {
    for (int i = 0; rig.store.compactStep(terms); i++) {
      assertThat(i).isLessThan(50);
    }
  }

  @Test
  void aDyingVolumeIsLeftUntilItIsDeadAndThenCostsNoCopy() throws IOException {
    free(0, 7);
    long live = rig.store.stats().liveBytes();
    compact(SPARING);
    assertThat(there()).isTrue();
    assertThat(rig.store.stats().liveBytes()).isEqualTo(live);
    free(7, first.size());
    long garbage = rig.store.stats().garbageBytes();
    compact(SPARING);
    assertThat(there()).isFalse();
    assertThat(garbage - rig.store.stats().garbageBytes()).isGreaterThan(first.size() * BODY);
    assertThat(rig.store.stats().volumes()).as("nothing was copied").isEqualTo(1);
  }

  @Test
  void aVolumeThatRestsIsCompacted() throws IOException {
    free(0, 7);
    compact(SPARING);
    rig.ticker.advance(LOOK);
    compact(SPARING);
    rig.ticker.advance(LOOK);
    compact(SPARING);
    assertThat(there()).as("a whole look in which nothing died has just ended").isTrue();
    compact(SPARING);
    assertThat(there()).isFalse();
    for (int i = 7; i < first.size(); i++) {
      assertThat(BodyStoreContract.read(rig.store, first.get(i)))
          .isEqualTo(BodyStoreContract.content(BODY, i));
    }
  }

  @Test
  void whatIsCopiedStepByStepDoesNotSeemToDie() throws IOException {
    free(0, 5);
    rig.ticker.advance(LOOK);
    compact(SPARING);
    rig.ticker.advance(LOOK);
    compact(SPARING);
    CompactionTerms slow = new CompactionTerms(0.5, 1, true, false);
    int steps = 0;
    while (rig.store.compactStep(slow)) {
      assertThat(++steps).isLessThan(50);
    }
    assertThat(steps).isGreaterThan(3);
    assertThat(there()).isFalse();
  }

  @Test
  void thoseInNeedSpareNothing() throws IOException {
    free(0, 7);
    compact(new CompactionTerms(0.5, STEP, false, false));
    assertThat(there()).isFalse();
  }

  @Test
  void theVolumeThatIsWrittenIsKeptOnRequest() throws IOException {
    for (int i = 0; i < 3; i++) {
      rig.store.free(BodyStoreContract.put(rig.store, BodyStoreContract.content(BODY, i), STEP));
    }
    free(0, first.size());
    compact(new CompactionTerms(0.3, STEP, false, false));
    assertThat(rig.disk.exists(Volumes.path(2))).isTrue();
    compact(new CompactionTerms(0.3, STEP, false, true));
    assertThat(rig.disk.exists(Volumes.path(2))).isFalse();
  }

  @Test
  void bodiesThatNoCheckpointCountedAreNoGarbage() {
    long before = rig.store.stats().garbageBytes();
    for (int i = 0; i < 8; i++) {
      rig.store.keep(BodyStoreContract.put(rig.store, BodyStoreContract.content(BODY, i), STEP));
    }
    assertThat(rig.store.stats().garbageBytes()).isEqualTo(before);
    free(0, 3);
    assertThat(rig.store.stats().garbageBytes() - before).isBetween(3L * BODY, 4L * BODY);
  }
}
