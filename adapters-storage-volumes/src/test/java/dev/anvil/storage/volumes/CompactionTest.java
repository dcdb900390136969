package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.ports.testkit.CrashLoss;
import dev.anvil.ports.testkit.DiskFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Space comes back while bodies are read, written and freed. */
@Tag("fast")
@Timeout(30)
class CompactionTest {
  private final Rig rig = new Rig(3);

  private static byte[] content(int i) {
    return BodyStoreContract.content(20_000 + 900 * i, i);
  }

  @Test
  void aReaderThatBeganEndsThoughItsVolumeIsCompacted() throws IOException {
    rig.open();
    byte[] content = BodyStoreContract.content(700_000, 1);
    BodyId id = BodyStoreContract.put(rig.store, content, 1 << 20);
    BodyId garbage = BodyStoreContract.put(rig.store, content, 1 << 20);
    BodyStoreContract.put(rig.store, content, 1 << 20);
    rig.store.free(garbage);
    rig.store.checkpoint();
    try (BodyReader r = rig.store.open(id, 0, content.length)) {
      int n = r.next().remaining();
      while (rig.store.compactStep(0.2, 100_000)) {
        assertThat(rig.disk.exists(Volumes.path(1))).isTrue();
      }
      rig.store.checkpoint();
      assertThat(rig.disk.exists(Volumes.path(1))).isTrue();
      assertThat(BodyStoreContract.drain(r))
          .isEqualTo(Arrays.copyOfRange(content, n, content.length));
    }
    assertThat(rig.disk.exists(Volumes.path(1))).isFalse();
    assertThat(BodyStoreContract.read(rig.store, id)).isEqualTo(content);
    rig.store.close();
    rig.open();
    assertThat(BodyStoreContract.read(rig.store, id)).isEqualTo(content);
    assertThat(rig.findings).isEmpty();
  }

  @Test
  void smallVolumesOfShortBootsAreJoined() {
    List<BodyId> ids = new ArrayList<>();
    for (int i = 0; i < VolumeChoice.MAX_SMALL + 8; i++) {
      rig.open();
      ids.add(BodyStoreContract.put(rig.store, content(0), 1 << 20));
      rig.store.keep(ids.getLast());
      rig.store.close();
    }
    rig.open();
    assertThat(rig.store.stats().volumes()).isEqualTo(ids.size());
    for (int i = 0; rig.store.compactStep(0.5, 1 << 20); i++) {
      assertThat(i).isLessThan(100);
    }
    assertThat(rig.store.stats().volumes()).isLessThanOrEqualTo(VolumeChoice.MAX_SMALL + 1);
    for (BodyId id : ids) {
      assertThat(BodyStoreContract.read(rig.store, id)).isEqualTo(content(0));
    }
  }

  @Test
  void deletingEverythingGivesTheDiskBackWithoutAnotherWrite() throws IOException {
    rig.open();
    List<BodyId> ids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ids.add(BodyStoreContract.put(rig.store, content(i), 1 << 20));
    }
    assertThat(bytesOnDisk()).isGreaterThan(2L << 20);
    ids.forEach(rig.store::free);
    rig.store.checkpoint();
    compact(0.5);
    assertThat(rig.disk.list(Volumes.FOLDER)).isEmpty();
    assertThat(rig.store.stats().garbageBytes()).isZero();
    BodyId next = BodyStoreContract.put(rig.store, content(1), 1 << 20);
    assertThat(BodyStoreContract.read(rig.store, next)).isEqualTo(content(1));
    assertThat(rig.findings).isEmpty();
  }

  @Test
  void aFullVolumeOfNewBodiesIsNotTakenForGarbage() {
    rig.open();
    byte[] content = BodyStoreContract.content(300_000, 1);
    for (int i = 0; i < 4; i++) {
      rig.store.keep(BodyStoreContract.put(rig.store, content, 1 << 20));
    }
    assertThat(rig.store.stats().volumes()).isEqualTo(2);
    assertThat(rig.store.stats().liveBytes()).as("no checkpoint counted them").isZero();
    assertThat(rig.store.compactStep(0.5, 1 << 20)).isFalse();
    assertThat(rig.store.stats().garbageBytes()).as("nothing was copied").isLessThan(1_000);
    assertThat(rig.store.stats().volumes()).isEqualTo(2);
  }

  @Test
  void theVolumeThatIsWrittenGivesItsGarbageBackToo() throws IOException {
    rig.open();
    BodyId held = BodyStoreContract.put(rig.store, content(1), 1 << 20);
    List<BodyId> ids = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ids.add(BodyStoreContract.put(rig.store, content(i), 1 << 20));
    }
    ids.forEach(rig.store::free);
    compact(0.5);
    assertThat(bytesOnDisk()).isLessThan(2L * content(1).length);
    assertThat(BodyStoreContract.read(rig.store, held)).isEqualTo(content(1));
    rig.crash(CrashLoss.ALL_UNSYNCED);
    assertThat(BodyStoreContract.read(rig.store, held)).isEqualTo(content(1));
  }

  @Test
  void whatIsOnlyBeingWrittenIsNoGarbage() {
    rig.open();
    try (BodyWriter w = rig.store.create()) {
      w.write(ByteBuffer.wrap(BodyStoreContract.content(700_000, 1)));
      rig.store.checkpoint();
      assertThat(rig.store.compactStep(0.5, 1 << 20)).isFalse();
      BodyStoreContract.put(rig.store, content(1), 1 << 20);
      assertThat(rig.store.stats().volumes()).isEqualTo(1);
      w.seal();
    }
    assertThat(rig.store.compactStep(0.5, 1 << 20)).isFalse();
    BodyStoreContract.put(rig.store, content(1), 1 << 20);
    assertThat(rig.store.stats().volumes()).isEqualTo(1);
  }

  @Test
  void aVolumeWhoseDeletionWasNotSyncedDoesNotComeBack() throws IOException {
    for (int operation = 1; operation < 6; operation++) {
      Rig other = new Rig(operation);
      VolumeBodyStore store = other.open();
      BodyId id = BodyStoreContract.put(store, content(1), 1 << 20);
      store.free(id);
      store.checkpoint();
      other.disk.failAfter(operation, DiskFault.FAIL);
      store.compactStep(0.5, 1 << 20);
      other.disk.clearFault();
      store.close();
      other.open();
      other.crash(CrashLoss.ALL_UNSYNCED);
      assertThat(other.store.size(id)).as("operation %d failed", operation).isEqualTo(-1);
    }
  }

  private void compact(double deadShare) {
    for (int i = 0; rig.store.compactStep(deadShare, 1 << 20); i++) {
      assertThat(i).isLessThan(200);
    }
  }

  private long bytesOnDisk() throws IOException {
    long bytes = 0;
    for (String name : rig.disk.list(Volumes.FOLDER)) {
      bytes += rig.disk.openRead(Volumes.FOLDER + "/" + name).size();
    }
    return bytes;
  }

  @Test
  void aClosedStoreTakesAndGivesNothingMore() {
    rig.open();
    byte[] content = BodyStoreContract.content(700_000, 1);
    BodyId id = BodyStoreContract.put(rig.store, content, 1 << 20);
    BodyReader r = rig.store.open(id, 0, content.length);
    BodyWriter w = rig.store.create();
    w.write(ByteBuffer.wrap(content));
    BodyWriter finished = rig.store.create();
    finished.write(ByteBuffer.wrap(content));
    finished.finish();
    rig.store.close();
    assertThatThrownBy(() -> BodyStoreContract.drain(r)).isInstanceOf(Unavailable.class);
    assertThatThrownBy(w::seal).isInstanceOf(Unavailable.class);
    assertThatThrownBy(finished::seal)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("closed");
    finished.close();
    r.close();
    w.close();
    rig.open();
    assertThat(rig.store.size(w.id())).isEqualTo(-1);
    assertThat(BodyStoreContract.read(rig.store, id)).isEqualTo(content);
  }

  @Tag("verify")
  @Test
  void readersWritersAndFreesGoOnMeanwhile() throws Exception {
    VolumeBodyStore store = rig.open();
    Map<BodyId, Integer> live = new ConcurrentSkipListMap<>();
    AtomicBoolean end = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> readers = new ArrayList<>();
      for (int r = 0; r < 4; r++) {
        readers.add(threads.submit(() -> readUntil(store, live, end)));
      }
      Future<?> compactor =
          threads.submit(() -> {
            while (!end.get()) {
              store.compactStep(0.2, 200_000);
              store.scrubStep(100_000);
            }
          });
      SplittableRandom random = new SplittableRandom(9);
      for (int i = 0; i < 600; i++) {
        live.put(BodyStoreContract.put(store, content(i % 50), 1 << 20), i % 50);
        if (live.size() > 40) {
          BodyId victim = List.copyOf(live.keySet()).get(random.nextInt(live.size()));
          live.remove(victim);
          store.free(victim);
        }
      }
      end.set(true);
      compactor.get();
      long reads = 0;
      for (Future<Long> reader : readers) {
        reads += reader.get();
      }
      assertThat(reads).isPositive();
    }
    for (Map.Entry<BodyId, Integer> e : live.entrySet()) {
      assertThat(BodyStoreContract.read(store, e.getKey())).isEqualTo(content(e.getValue()));
    }
    store.checkpoint();
    for (int i = 0; store.compactStep(0.2, 1 << 20); i++) {
      assertThat(i).isLessThan(200);
    }
    assertThat(rig.disk.list(Volumes.FOLDER).size()).isLessThan(8);
    assertThat(store.stats().bodies()).isEqualTo(live.size());
    assertThat(rig.findings).isEmpty();
  }

  private static long readUntil(
      VolumeBodyStore store, Map<BodyId, Integer> live, AtomicBoolean end) {
    long reads = 0;
    while (!end.get()) {
      for (Map.Entry<BodyId, Integer> e : live.entrySet()) {
        byte[] expected = content(e.getValue());
        try (BodyReader r = store.open(e.getKey(), 0, expected.length)) {
          ByteBuffer found = ByteBuffer.allocate(expected.length);
          for (ByteBuffer b = r.next(); b != null; b = r.next()) {
            found.put(b);
          }
          assertThat(found.array()).isEqualTo(expected);
          reads++;
        } catch (NotFound freedMeanwhile) {
          assertThat(live).doesNotContainKey(e.getKey());
        }
      }
    }
    return reads;
  }
}
