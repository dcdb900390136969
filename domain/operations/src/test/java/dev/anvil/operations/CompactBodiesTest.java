package dev.anvil.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.ports.testkit.ManualTicker;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.StandingLease;
import dev.anvil.storage.volumes.VolumeBodyStore;
import java.time.Duration;
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

  private final ManualTicker ticker = new ManualTicker();
  private long work;
  private long free = 1L << 40;

  private CompactBodies duty(VolumeBodyStore store) {
    return new CompactBodies(store, ticker, () -> work, () -> free);
  }

  @Test
  void aThirdOfGarbageStaysWhileOthersWriteAndGoesInQuietTimes() {
    try (VolumeBodyStore store =
        VolumeBodyStore.open(new MemoryBackend(), new Random(1), found -> {})) {
      CompactBodies duty = duty(store);
      List<BodyId> ids = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        ids.add(BodyStoreContract.put(store, BodyStoreContract.content(SIZE, i), SIZE));
      }
      for (int i = 0; i < 40; i += 3) {
        store.free(ids.get(i));
      }
      store.checkpoint();
      assertThat(duty.step(LEASE)).isFalse();
      ticker.advance(CompactBodies.QUIET.dividedBy(2));
      BodyStoreContract.put(store, new byte[1], 1);
      assertThat(duty.step(LEASE)).isFalse();
      ticker.advance(CompactBodies.QUIET.dividedBy(2));
      assertThat(duty.step(LEASE)).isFalse();
      assertThat(store.stats().garbageBytes()).isGreaterThan(10L * SIZE);
      ticker.advance(CompactBodies.QUIET.dividedBy(2));
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
      CompactBodies duty = duty(store);
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

  /** Two of three bodies are dead, in the volume that is written. */
  private static List<BodyId> twoThirdsDead(VolumeBodyStore store) {
    List<BodyId> alive = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      BodyId id = BodyStoreContract.put(store, BodyStoreContract.content(SIZE, i), SIZE);
      if (i % 3 == 0) {
        alive.add(id);
      } else {
        store.free(id);
      }
    }
    store.checkpoint();
    return alive;
  }

  private boolean busyStep(CompactBodies duty) {
    ticker.advance(Duration.ofSeconds(1));
    work += Busyness.BUSY_A_SECOND;
    return duty.step(LEASE);
  }

  @Test
  void aBusyNodeKeepsWritingItsVolumeAndAnIdleOneGivesItUp() {
    try (VolumeBodyStore store =
        VolumeBodyStore.open(new MemoryBackend(), new Random(1), found -> {})) {
      CompactBodies duty = duty(store);
      List<BodyId> alive = twoThirdsDead(store);
      for (int i = 0; i < 50; i++) {
        assertThat(busyStep(duty)).isFalse();
      }
      assertThat(store.stats().garbageBytes()).isGreaterThan(19L * SIZE);
      ticker.advance(Duration.ofSeconds(1));
      for (int i = 0; duty.step(LEASE); i++) {
        assertThat(i).isLessThan(100);
      }
      assertThat(store.stats().garbageBytes()).isLessThan(SIZE);
      for (int i = 0; i < alive.size(); i++) {
        assertThat(BodyStoreContract.read(store, alive.get(i)))
            .isEqualTo(BodyStoreContract.content(SIZE, 3 * i));
      }
    }
  }

  @Test
  void aBusyNodeThatHasLittleRoomGivesSpaceBackAtOnce() {
    try (VolumeBodyStore store =
        VolumeBodyStore.open(new MemoryBackend(), new Random(1), found -> {})) {
      CompactBodies duty = duty(store);
      twoThirdsDead(store);
      assertThat(busyStep(duty)).isFalse();
      assertThat(store.stats().garbageBytes()).isGreaterThan(19L * SIZE);
      free = 30L * SIZE;
      for (int i = 0; busyStep(duty); i++) {
        assertThat(i).isLessThan(100);
      }
      assertThat(store.stats().garbageBytes()).isLessThan(SIZE);
    }
  }
}
