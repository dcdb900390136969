package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.DiskFile;
import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.ports.testkit.CrashLoss;
import dev.anvil.ports.testkit.DiskFault;
import dev.anvil.ports.testkit.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small bodies are written over zeros, which are never taken for anything that was written. */
@Tag("fast")
class ZerosAheadTest {
  private static final int SIZE = 4_096;
  private static final int FRAME = VolumeFormat.frameBytes(SIZE);

  private final Rig rig = new Rig(11);
  private final Map<BodyId, byte[]> bodies = new LinkedHashMap<>();

  private void put(int count) {
    List<ByteBuffer> contents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      contents.add(ByteBuffer.wrap(BodyStoreContract.content(SIZE, bodies.size() + i)));
    }
    List<BodyReceipt> receipts = rig.store.putAll(contents);
    for (int i = 0; i < count; i++) {
      bodies.put(receipts.get(i).id(), contents.get(i).array());
    }
  }

  private void allThere() {
    bodies.forEach(
        (id, content) -> assertThat(BodyStoreContract.read(rig.store, id)).isEqualTo(content));
  }

  private long length(int volume) throws IOException {
    try (DiskFile file = rig.disk.openRead(Volumes.path(volume))) {
      return file.size();
    }
  }

  private byte[] bytes(int volume, long from) throws IOException {
    try (DiskFile file = rig.disk.openRead(Volumes.path(volume))) {
      ByteBuffer b = ByteBuffer.allocate((int) (file.size() - from));
      file.read(b, from);
      return b.array();
    }
  }

  private static long end(int frames) {
    return VolumeFormat.VOLUME_HEADER + (long) frames * FRAME;
  }

  private Extent lastExtent() {
    return rig.store.index().find(List.copyOf(bodies.keySet()).getLast()).extents().getLast();
  }

  @Test
  void oneStepLiesBehindTheLastFrameAndIsWrittenOver() throws IOException {
    rig.open();
    put(3);
    long zeroed = VolumeFormat.VOLUME_HEADER + VolumeLimits.ZEROS_AHEAD_BYTES;
    assertThat(length(1)).isEqualTo(zeroed);
    assertThat(bytes(1, end(3))).containsOnly(0);
    int fits = (int) ((zeroed - end(3)) / FRAME);
    put(fits);
    assertThat(length(1)).isEqualTo(zeroed);
    assertThat(rig.store.stats().garbageBytes()).isLessThan(end(3 + fits) + 1);
    put(1);
    assertThat(length(1)).isGreaterThan(zeroed).isLessThanOrEqualTo(rig.limits.volumeBytes());
    allThere();
  }

  @Test
  void largeBodiesHaveNoneAndGoOverThoseThatAreThere() throws IOException {
    rig.open();
    BodyStoreContract.put(rig.store, BodyStoreContract.content(100_000, 1), 1 << 20);
    assertThat(length(1)).isEqualTo(VolumeFormat.VOLUME_HEADER + VolumeFormat.frameBytes(100_000));
    put(1);
    long zeroed = length(1);
    BodyId large = BodyStoreContract.put(rig.store, BodyStoreContract.content(260_000, 2), 1 << 20);
    assertThat(length(1)).isEqualTo(zeroed);
    assertThat(BodyStoreContract.read(rig.store, large))
        .isEqualTo(BodyStoreContract.content(260_000, 2));
    allThere();
  }

  @Test
  void aClosedVolumeIsAsLongAsWhatWasWritten() throws IOException {
    rig.open();
    put(60);
    put(60);
    put(60);
    put(60);
    put(40); // these do not fit the first any more
    Extent last = lastExtent();
    assertThat(last.volume()).isEqualTo(2);
    assertThat(length(1)).isEqualTo(end(240));
    rig.store.close();
    assertThat(length(2)).isEqualTo(end(40));
    // and it stays so whatever the machine forgets
    rig.crash(CrashLoss.ALL_UNSYNCED);
    assertThat(length(1)).isEqualTo(end(240));
    assertThat(length(2)).isEqualTo(end(40));
    allThere();
  }

  @Test
  void aVolumeGivenUpAsGarbageHasNone() throws IOException {
    rig.open();
    put(20);
    bodies.keySet().stream()
        .limit(18)
        .toList()
        .forEach(id -> {
          rig.store.free(id);
          bodies.remove(id);
        });
    rig.store.checkpoint();
    rig.store.compactStep(0.5, 1);
    assertThat(length(1)).isEqualTo(end(20));
    allThere();
  }

  @ParameterizedTest
  @EnumSource(CrashLoss.class)
  void aStartFindsTheTrueEndAndCutsTheRest(CrashLoss loss) throws IOException {
    rig.open();
    put(5);
    rig.store.checkpoint();
    put(7);
    rig.crash(loss);
    allThere();
    assertThat(length(1)).isEqualTo(end(12));
    assertThat(rig.store.index().marks().get(1).covered()).isEqualTo(end(12));
    assertThat(rig.store.stats().garbageBytes()).isEqualTo(VolumeFormat.VOLUME_HEADER);
  }

  @Test
  void zerosAloneAreNoFrame() throws IOException {
    rig.open();
    put(1);
    rig.store.close();
    bodies.clear();
    try (DiskFile file = rig.disk.open(Volumes.path(2))) {
      file.write(
          VolumeFormat.volumeHeader(new VolumeFormat.VolumeHeader(VolumeFormat.VERSION, 1, 2, 77)),
          0);
      file.write(ByteBuffer.allocate(100_003), VolumeFormat.VOLUME_HEADER);
      file.sync();
    }
    rig.disk.syncFolder(Volumes.FOLDER);
    rig.open();
    assertThat(length(2)).isEqualTo(VolumeFormat.VOLUME_HEADER);
    assertThat(rig.store.stats().bodies()).isEqualTo(1);
  }

  @Test
  void aTornFrameBeforeZerosIsAnEndThatNobodyWasToldOf() throws IOException {
    rig.open();
    put(4);
    Extent whole = lastExtent();
    byte[] frame = bytes(1, whole.position());
    put(1);
    Extent torn = lastExtent();
    BodyId lost = List.copyOf(bodies.keySet()).getLast();
    bodies.remove(lost);
    // as if only the second half of the frame had reached the disk
    try (DiskFile file = rig.disk.open(Volumes.path(1))) {
      file.write(ByteBuffer.allocate(FRAME / 2), torn.position());
    }
    rig.crash(CrashLoss.NOTHING);
    assertThat(rig.store.size(lost)).isEqualTo(-1);
    allThere();
    assertThat(length(1)).isGreaterThan(end(4) + FRAME / 2).isLessThanOrEqualTo(end(5));
    assertThat(frame).hasSizeGreaterThan(FRAME);
    put(2);
    allThere();
    assertThat(rig.findings).isEmpty();
  }

  @Test
  void damageBeforeAcknowledgedBodiesIsNoEnd() throws IOException {
    rig.open();
    put(9);
    List<BodyId> ids = List.copyOf(bodies.keySet());
    Extent fourth = rig.store.index().find(ids.get(3)).extents().getFirst();
    Extent sixth = rig.store.index().find(ids.get(5)).extents().getFirst();
    try (DiskFile file = rig.disk.open(Volumes.path(1))) {
      // a frame that turned to zeros, and one whose data did: the latter's header still stands
      file.write(ByteBuffer.allocate(FRAME), fourth.position());
      file.write(ByteBuffer.allocate(SIZE), sixth.position() + VolumeFormat.FRAME_HEADER);
    }
    rig.crash(CrashLoss.NOTHING);
    assertThat(rig.store.size(ids.get(3))).isEqualTo(-1);
    bodies.remove(ids.get(3));
    bodies.remove(ids.get(5));
    allThere();
    assertThat(length(1)).isEqualTo(end(9));
    assertThatThrownBy(() -> BodyStoreContract.read(rig.store, ids.get(5)))
        .hasMessageContaining("check");
  }

  @Test
  void aLostIndexIsRebuiltFromVolumesWithZeros() throws IOException {
    rig.open();
    put(30);
    rig.disk.crash(CrashLoss.NOTHING, rig.random);
    rig.engine = new MemoryStore("new");
    rig.open();
    allThere();
    assertThat(length(1)).isEqualTo(end(30));
  }

  @Test
  void aDiskWithoutRoomForThemTakesTheBodiesThatFit() throws IOException {
    rig.limits = new VolumeLimits(16 << 20, 1, 8, 4, 0, 8192, 16384, 65536, Duration.ZERO);
    rig.open();
    put(1);
    // after the look at the free space somebody else takes it
    long room = 300_000;
    long first = length(1);
    rig.disk.capacity(Long.MAX_VALUE);
    rig.disk.capacity(Long.MAX_VALUE - rig.disk.freeBytes() + room);
    int fit = (int) ((first + room - end(1)) / FRAME);
    for (int i = 0; i < fit; i++) {
      put(1);
    }
    // zeros that were half written stay and may be written over, so a few more may fit
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20; i++) {
                put(1);
              }
            })
        .isInstanceOf(Unavailable.class);
    allThere();
    rig.disk.capacity(Long.MAX_VALUE);
    put(1);
    rig.crash(CrashLoss.ALL_UNSYNCED);
    allThere();
  }

  @Test
  void noneAreWrittenWhereBodiesWillSoonBeRefused() throws IOException {
    long reserve = 3L << 20;
    rig.limits = new VolumeLimits(16 << 20, 1, 8, 4, reserve, 8192, 16384, 65536, Duration.ZERO);
    rig.open();
    rig.disk.capacity(Long.MAX_VALUE);
    rig.disk.capacity(Long.MAX_VALUE - rig.disk.freeBytes() + reserve + (4L << 20));
    put(2);
    assertThat(length(1)).isEqualTo(end(2));
    allThere();
  }

  @ParameterizedTest
  @EnumSource(
      value = DiskFault.class,
      names = {"FAIL", "TORN", "FAIL_AFTER"})
  void aFailedWriteOfZerosFailsNoBody(DiskFault fault) throws IOException {
    rig.open();
    put(1);
    while (length(1) - lastExtent().position() - FRAME >= FRAME) {
      put(1);
    }
    rig.disk.failAfter(2, fault);
    put(1);
    assertThat(rig.disk.clearFault()).isTrue();
    put(3);
    allThere();
    rig.store.close();
    assertThat(length(1)).isEqualTo(end(bodies.size()));
    rig.crash(CrashLoss.ALL_UNSYNCED);
    allThere();
  }
}
