package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.bodies.BodyFinding;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.DiskFile;
import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.ports.testkit.CrashLoss;
import dev.anvil.ports.testkit.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damage fails exactly the bodies it touches, with their name, and never yields wrong bytes. */
@Tag("fast")
class DamageTest {
  private static final int BODIES = 12;
  private static final int SIZE = 100_000;
  private final Rig rig = new Rig(1);
  private final List<BodyId> ids = new ArrayList<>();

  @BeforeEach
  void fill() {
    rig.open();
    for (int i = 0; i < BODIES; i++) {
      ids.add(BodyStoreContract.put(rig.store, content(i), 1 << 20));
      rig.store.keep(ids.get(i));
    }
  }

  private static byte[] content(int i) {
    return BodyStoreContract.content(SIZE, i);
  }

  private Extent extent(int i) {
    return rig.store.index().find(ids.get(i)).extents().getFirst();
  }

  private void onlyBroken(List<Integer> broken) {
    for (int i = 0; i < BODIES; i++) {
      BodyId id = ids.get(i);
      if (broken.contains(i)) {
        assertThatThrownBy(() -> BodyStoreContract.read(rig.store, id, 0, SIZE))
            .isInstanceOf(Corrupt.class)
            .hasMessageContaining(id.toString());
      } else {
        assertThat(BodyStoreContract.read(rig.store, id)).isEqualTo(content(i));
      }
    }
  }

  private List<BodyFinding> scrub() {
    List<BodyFinding> all = new ArrayList<>();
    while (true) {
      var result = rig.store.scrubStep(300_000);
      all.addAll(result.findings());
      if (result.wrapped()) {
        return all;
      }
    }
  }

  @Tag("verify")
  @Test
  void aFlippedByteAnywhereNeverYieldsWrongBytes() throws IOException {
    rig.store.checkpoint();
    SplittableRandom random = new SplittableRandom(5);
    Extent e = extent(3);
    String path = Volumes.path(e.volume());
    for (int i = 0; i < 200; i++) {
      long inFrame = i < VolumeFormat.FRAME_HEADER ? i : random.nextInt((int) e.storedBytes() - 8);
      int mask = 1 << random.nextInt(8);
      rig.disk.flip(path, e.position() + inFrame, mask);
      // the header serves recovery only; data and checks serve every read
      onlyBroken(inFrame < VolumeFormat.FRAME_HEADER ? List.of() : List.of(3));
      List<BodyFinding> found = scrub();
      assertThat(found).as("flip at " + inFrame).hasSize(1);
      assertThat(found.getFirst().id()).isEqualTo(ids.get(3));
      rig.disk.flip(path, e.position() + inFrame, mask);
    }
    onlyBroken(List.of());
    assertThat(rig.findings).isNotEmpty().allMatch(f -> f.id().equals(ids.get(3)));
    assertThat(scrub()).isEmpty();
  }

  @Test
  void aRangeBesideTheDamageIsServed() throws IOException {
    Extent e = extent(0);
    rig.disk.flip(Volumes.path(e.volume()), e.position() + VolumeFormat.FRAME_HEADER + 9, 1);
    assertThat(BodyStoreContract.read(rig.store, ids.get(0), 65_536, 1_000))
        .isEqualTo(java.util.Arrays.copyOfRange(content(0), 65_536, 66_536));
    assertThatThrownBy(() -> BodyStoreContract.read(rig.store, ids.get(0), 65_535, 1))
        .isInstanceOf(Corrupt.class);
  }

  @Test
  void aDamagedHeaderHidesOnlyItsOwnBodyFromRecovery() throws IOException {
    Extent e = extent(4);
    rig.disk.flip(Volumes.path(e.volume()), e.position() + 20, 4);
    rig.crash(CrashLoss.ALL_UNSYNCED);
    for (int i = 0; i < BODIES; i++) {
      assertThat(rig.store.size(ids.get(i))).isEqualTo(i == 4 ? -1 : SIZE);
    }
  }

  @Test
  void oneDamagedVolumeHeaderIsBridgedByItsCopy() throws IOException {
    rig.disk.flip(Volumes.path(1), 30, 1);
    rig.crash(CrashLoss.ALL_UNSYNCED);
    onlyBroken(List.of());
  }

  @Test
  void aShortOrMissingVolumeFailsItsBodiesOnly() throws IOException {
    rig.store.close();
    rig.open();
    int last = extent(BODIES - 1).volume();
    List<Integer> gone = new ArrayList<>();
    for (int i = 0; i < BODIES; i++) {
      if (extent(i).volume() == last || i == 9) {
        gone.add(i);
      }
    }
    Extent cut = extent(9);
    rig.store.close();
    rig.disk.delete(Volumes.path(last));
    try (DiskFile f = rig.disk.open(Volumes.path(cut.volume()))) {
      f.truncate(cut.position() + cut.storedBytes() - 50);
    }
    rig.open();
    gone.removeIf(i -> i != 9 && extent(i).volume() == cut.volume());
    if (cut.volume() != last) {
      onlyBroken(gone);
      assertThat(scrub()).hasSize(gone.size());
      assertThat(rig.store.compactStep(0, 1 << 20)).isIn(true, false);
      onlyBroken(gone);
    }
  }

  @Test
  void anUnknownVolumeVersionIsRefused() throws IOException {
    rig.store.close();
    int volume = 1;
    VolumeFormat.VolumeHeader newer = new VolumeFormat.VolumeHeader(9, 1, volume, 1);
    try (DiskFile f = rig.disk.open(Volumes.path(volume))) {
      f.write(VolumeFormat.volumeHeader(newer), 0);
    }
    rig.open();
    List<Integer> broken = new ArrayList<>();
    for (int i = 0; i < BODIES; i++) {
      if (extent(i).volume() == volume) {
        broken.add(i);
      }
    }
    assertThat(broken).isNotEmpty().hasSizeLessThan(BODIES);
    onlyBroken(broken);
    assertThatThrownBy(() -> BodyStoreContract.read(rig.store, ids.get(broken.getFirst())))
        .hasMessageContaining("format version 9");
  }

  @Test
  void aWriteOfANewerServerStopsTheStart() throws IOException {
    try (DiskFile f = rig.disk.open(Volumes.path(1))) {
      f.write(VolumeFormat.volumeHeader(new VolumeFormat.VolumeHeader(9, 1, 1, 1)), 0);
    }
    assertThatThrownBy(() -> rig.crash(CrashLoss.NOTHING))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("use a newer server");
  }

  @Test
  void aLostIndexIsRebuiltAndNothingIsTakenForGarbage() {
    rig.store.close();
    rig.engine = new MemoryStore("new");
    rig.open();
    onlyBroken(List.of());
    assertThat(rig.store.unkeptOfEarlierBoots(100)).isEmpty();
    BodyId next = BodyStoreContract.put(rig.store, content(1), 1 << 20);
    assertThat(ids).allMatch(id -> id.compareTo(next) < 0);
    rig.store.close();
    rig.open();
    onlyBroken(List.of());
    assertThat(rig.store.unkeptOfEarlierBoots(100)).containsExactly(next);
  }

  @Test
  void aDamagedIndexEntryFailsItsBodyOnly() {
    rig.store.checkpoint();
    for (int byteAt = 0; byteAt < 10; byteAt++) {
      rig.engine.flip(IndexRecords.bodyKey(ids.get(2)), byteAt);
      onlyBroken(List.of(2));
      rig.engine.flip(IndexRecords.bodyKey(ids.get(2)), byteAt);
    }
    rig.engine.flip(IndexRecords.bodyKey(ids.get(2)), 3);
    rig.store.free(ids.get(2));
    rig.store.checkpoint();
    assertThat(rig.store.size(ids.get(2))).isEqualTo(-1);
  }

  @Test
  void aWrongPlaceIsFoundOut() {
    rig.store.checkpoint();
    // the entry of one body put in the place of another, check and all
    byte[] key = IndexRecords.bodyKey(ids.get(2));
    BodyPlace other = rig.store.index().find(ids.get(3));
    rig.engine.plant(key, IndexRecords.body(key, other));
    onlyBroken(List.of(2));
  }

  @Test
  void readFaultsAreUnavailableAndPass() {
    rig.disk.failReads(path -> path.endsWith(".vol"));
    assertThatThrownBy(() -> BodyStoreContract.read(rig.store, ids.get(0)))
        .isInstanceOf(Unavailable.class);
    rig.disk.failReads(path -> false);
    onlyBroken(List.of());
    rig.engine.faults().readsFail(true);
    rig.store.size(ids.get(0)); // still in memory
    rig.engine.faults().readsFail(false);
  }

  @Test
  void uploadedBytesCannotPassForAFrame() throws IOException {
    // a body made of frames of another body, then its own header damaged: recovery must search
    Extent e = extent(0);
    ByteBuffer stolen = ByteBuffer.allocate((int) e.storedBytes());
    try (DiskFile f = rig.disk.openRead(Volumes.path(e.volume()))) {
      f.read(stolen, e.position());
    }
    BodyId evil = BodyStoreContract.put(rig.store, stolen.array(), 1 << 20);
    Extent of = rig.store.index().find(evil).extents().getFirst();
    rig.disk.flip(Volumes.path(of.volume()), of.position(), 1);
    rig.store.free(ids.get(0));
    rig.store.checkpoint();
    assertThat(rig.store.size(ids.get(0))).isEqualTo(-1);
    rig.crash(CrashLoss.ALL_UNSYNCED);
    assertThat(rig.store.size(ids.get(0))).isEqualTo(-1);
  }
}
