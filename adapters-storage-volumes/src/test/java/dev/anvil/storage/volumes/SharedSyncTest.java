package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.ports.testkit.CrashLoss;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.ports.testkit.MemoryEngine;
import dev.anvil.ports.testkit.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that wait share a sync; a failed one fails all of them; bounds hold under load. */
@Tag("fast")
@Timeout(20)
class SharedSyncTest {
  private static final int WAITING = 30;
  private final MemoryDisk disk = new MemoryDisk();
  private final MemoryStore engine = new MemoryStore("index");
  private final Semaphore syncMayGo = new Semaphore(0);
  private final AtomicInteger syncing = new AtomicInteger();
  private final AtomicInteger syncs = new AtomicInteger();

  private VolumeBodyStore open(VolumeLimits limits) {
    PacedDisk paced = new PacedDisk(disk, this::beforeSync, syncs);
    return VolumeBodyStore.open(
        paced, () -> MemoryEngine.open(engine), new SplittableRandom(1), limits, f -> {});
  }

  private void beforeSync() {
    syncing.incrementAndGet();
    syncMayGo.acquireUninterruptibly();
  }

  private static byte[] content(int i) {
    return BodyStoreContract.content(1_000 + i, i);
  }

  /** Starts bodies whose seals wait: the first for its own sync, the others for the next. */
  private List<Future<BodyId>> waiting(VolumeBodyStore store, ExecutorService threads)
      throws Exception {
    syncMayGo.release(2); // the volume's creation and the first body
    BodyStoreContract.put(store, content(0), 1 << 20);
    assertThat(syncs.get()).isEqualTo(2);
    List<Future<BodyId>> all = new ArrayList<>();
    all.add(threads.submit(() -> BodyStoreContract.put(store, content(1), 1 << 20)));
    until(() -> syncing.get() == 3);
    for (int i = 2; i < WAITING; i++) {
      int n = i;
      all.add(threads.submit(() -> BodyStoreContract.put(store, content(n), 1 << 20)));
    }
    long frames = VolumeFormat.VOLUME_HEADER;
    for (int i = 0; i < WAITING; i++) {
      frames += VolumeFormat.frameBytes(1_000 + i);
    }
    long written = frames;
    until(() -> sizeOf(Volumes.path(1)) == written);
    return all;
  }

  private long sizeOf(String path) {
    try {
      return disk.openRead(path).size();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void until(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void allThatWaitShareOneSync() throws Exception {
    try (VolumeBodyStore store = open(Rig.STILL);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<BodyId>> all = waiting(store, threads);
      assertThat(all).noneMatch(Future::isDone);
      syncMayGo.release();
      all.getFirst().get();
      syncMayGo.release();
      for (int i = 1; i < all.size(); i++) {
        assertThat(BodyStoreContract.read(store, all.get(i).get())).isEqualTo(content(i + 1));
      }
      assertThat(syncs.get()).isEqualTo(4);
      assertThat(store.stats().syncs()).isEqualTo(3);
      syncMayGo.release(100);
    }
  }

  @Test
  void aFailedSyncFailsAllThatWaitAndIsNotRetried() throws Exception {
    VolumeBodyStore store = open(Rig.STILL);
    List<BodyId> acknowledged = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<BodyId>> all = waiting(store, threads);
      disk.failSyncs(path -> path.equals(Volumes.path(1)));
      syncMayGo.release(100);
      for (Future<BodyId> f : all) {
        assertThatThrownBy(f::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(Unavailable.class);
      }
      // the volume is given up: what comes next has a new one, with the old still failing
      acknowledged.add(BodyStoreContract.put(store, content(7), 1 << 20));
      int before = syncing.get();
      assertThat(before).isEqualTo(5);
    }
    disk.crash(CrashLoss.ALL_UNSYNCED, new SplittableRandom(1));
    engine.crash();
    syncMayGo.release(100);
    try (VolumeBodyStore again = open(Rig.STILL)) {
      assertThat(BodyStoreContract.read(again, acknowledged.getFirst())).isEqualTo(content(7));
      assertThat(again.stats().bodies()).isEqualTo(2);
    }
  }

  @Test
  void aFullDiskIsSaidAndForgottenWhenSpaceReturns() {
    syncMayGo.release(1_000);
    VolumeLimits reserving = new VolumeLimits(1 << 20, 1, 8, 4, 50_000, 99, 99, 99, Duration.ZERO);
    try (VolumeBodyStore store = open(reserving)) {
      BodyId first = BodyStoreContract.put(store, content(1), 1 << 20);
      for (long capacity : new long[] {0, 30_000, 90_000}) {
        disk.capacity(capacity);
        assertThatThrownBy(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    BodyStoreContract.put(store, BodyStoreContract.content(300_000, i), 1 << 20);
                  }
                })
            .isInstanceOfSatisfying(
                Unavailable.class,
                e -> assertThat(e.reason()).isEqualTo(Unavailable.Reason.STORAGE_FULL));
        assertThat(store.stats().openBodies()).isZero();
        assertThat(BodyStoreContract.read(store, first)).isEqualTo(content(1));
        disk.capacity(Long.MAX_VALUE);
        BodyId later = BodyStoreContract.put(store, content(2), 1 << 20);
        assertThat(BodyStoreContract.read(store, later)).isEqualTo(content(2));
      }
    }
  }

  @Test
  void oneBodyMoreThanTheLimitIsRefused() {
    syncMayGo.release(1_000);
    VolumeLimits few = new VolumeLimits(1 << 20, 1, 3, 4, 0, 99, 99, 99, Duration.ZERO);
    try (VolumeBodyStore store = open(few)) {
      List<BodyWriter> writers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        writers.add(store.create());
      }
      assertThatThrownBy(store::create)
          .isInstanceOfSatisfying(
              Unavailable.class,
              e -> assertThat(e.reason()).isEqualTo(Unavailable.Reason.OVERLOADED));
      writers.getFirst().close();
      store.create().close();
      writers.forEach(BodyWriter::close);
      assertThat(store.stats().openBodies()).isZero();
    }
  }

  @Test
  void aBodyPastTheGreatestSizeIsRefused() {
    long limit = VolumeLimits.MAX_BODY_BYTES;
    VolumeBodyWriter.requireFits(limit - 10, 10);
    assertThatThrownBy(() -> VolumeBodyWriter.requireFits(limit - 10, 11))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining(String.valueOf(limit));
  }

  @Test
  void changesAreBroughtDownByCountAndBounded() {
    syncMayGo.release(100_000);
    VolumeLimits lively = new VolumeLimits(8 << 20, 1, 8, 4, 0, 20, 1_000, 50, Duration.ofHours(1));
    try (VolumeBodyStore store = open(lively)) {
      for (int i = 0; i < 500; i++) {
        BodyStoreContract.put(store, content(i), 1 << 20);
        assertThat(store.stats().pendingChanges()).isLessThanOrEqualTo(51);
      }
      until(() -> store.stats().bodies() > 400);
    }
  }
}
