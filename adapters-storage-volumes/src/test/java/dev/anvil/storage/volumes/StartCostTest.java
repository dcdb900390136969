package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.ports.testkit.CrashLoss;
import dev.anvil.ports.testkit.MemoryBackend;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A start reads what came after the last checkpoint, however much lies before. */
@Tag("fast")
class StartCostTest {
  private final Rig rig = new Rig(4);

  /** Volume files a start reads. */
  private long filesRead(Runnable start) {
    AtomicLong reads = new AtomicLong();
    rig.disk.failReads(path -> {
      reads.incrementAndGet();
      return false;
    });
    start.run();
    rig.disk.failReads(path -> false);
    return reads.get();
  }

  @Test
  void aStartAfterACleanStopReadsNoVolume() {
    rig.open();
    for (int i = 0; i < 30; i++) {
      BodyStoreContract.put(rig.store, BodyStoreContract.content(200_000, i), 1 << 20);
    }
    rig.store.close();
    assertThat(rig.store.stats().volumes()).isGreaterThan(4);
    assertThat(filesRead(rig::open)).isZero();
  }

  @Tag("verify")
  @Test
  void aStartAfterACrashReadsTheTailOnly() {
    rig.open();
    long cost = 0;
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 20; j++) {
        BodyStoreContract.put(rig.store, BodyStoreContract.content(100_000, j), 1 << 20);
      }
      rig.store.checkpoint();
      BodyId tail =
          BodyStoreContract.put(rig.store, BodyStoreContract.content(100_000, i), 1 << 20);
      long reads = filesRead(() -> rig.crash(CrashLoss.ALL_UNSYNCED));
      assertThat(rig.store.size(tail)).isEqualTo(100_000);
      if (i == 0) {
        cost = reads;
      }
      assertThat(reads).isLessThanOrEqualTo(cost + 2);
    }
  }

  @Test
  void aBackendIsOpenedWithTheLimitsOfAServer() {
    MemoryBackend backend = new MemoryBackend(rig.disk);
    BodyId id;
    try (VolumeBodyStore store =
        VolumeBodyStore.open(backend, new SplittableRandom(1), rig.findings::add)) {
      id = BodyStoreContract.put(store, BodyStoreContract.content(100, 1), 100);
    }
    try (VolumeBodyStore store =
        VolumeBodyStore.open(backend, new SplittableRandom(1), rig.findings::add)) {
      assertThat(store.unkeptOfEarlierBoots(9)).containsExactly(id);
    }
  }

  @Test
  void aStoreInUseIsNotOpenedTwice() {
    rig.open();
    assertThatThrownBy(rig::open)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("another process");
  }
}
