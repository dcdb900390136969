package dev.anvil.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.StandingLease;
import dev.anvil.storage.volumes.VolumeBodyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When garbage is worth copying what is alive. */
@Tag("fast")
class CompactBodiesTest {
  private static final int SIZE = 1_000_000;
  private static final Lease LEASE = StandingLease.FIRST;

  private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_800_000_000L));

  @Test
  void aThirdOfGarbageStaysWhileOthersWriteAndGoesInQuietTimes() {
    try (VolumeBodyStore store =
        VolumeBodyStore.open(new MemoryBackend(), new Random(1), found -> {})) {
      CompactBodies duty = new CompactBodies(store, clock);
      List<BodyId> ids = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        ids.add(BodyStoreContract.put(store, BodyStoreContract.content(SIZE, i), SIZE));
      }
      for (int i = 0; i < 40; i += 3) {
        store.free(ids.get(i));
      }
      store.checkpoint();
      assertThat(duty.step(LEASE)).isFalse();
      clock.move(CompactBodies.QUIET.dividedBy(2));
      BodyStoreContract.put(store, new byte[1], 1);
      assertThat(duty.step(LEASE)).isFalse();
      clock.move(CompactBodies.QUIET.dividedBy(2));
      assertThat(duty.step(LEASE)).isFalse();
      assertThat(store.stats().garbageBytes()).isGreaterThan(10L * SIZE);
      clock.move(CompactBodies.QUIET.dividedBy(2));
      for (int i = 0; duty.step(LEASE); i++) {
        assertThat(i).isLessThan(100);
      }
      assertThat(store.stats().garbageBytes()).isLessThan(SIZE);
      for (int i = 1; i < 40; i += 3) {
        assertThat(BodyStoreContract.read(store, ids.get(i)))
            .isEqualTo(BodyStoreContract.content(SIZE, i));
      }
    }
  }

  @Test
  void halfOfGarbageGoesAtOnce() {
    try (VolumeBodyStore store =
        VolumeBodyStore.open(new MemoryBackend(), new Random(1), found -> {})) {
      CompactBodies duty = new CompactBodies(store, clock);
      for (int i = 0; i < 30; i++) {
        BodyId id = BodyStoreContract.put(store, BodyStoreContract.content(SIZE, i), SIZE);
        if (i < 20) {
          store.free(id);
        }
      }
      store.checkpoint();
      for (int i = 0; duty.step(LEASE); i++) {
        assertThat(i).isLessThan(100);
      }
      assertThat(store.stats().garbageBytes()).isLessThan(SIZE);
    }
  }
}
