package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.BodyStoreContract;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deleting is what gives a full disk room again, so compaction must not need the room first. */
@Tag("fast")
@Timeout(30)
class FullDiskCompactionTest {
  private static final int BODY = 700_000;
  private static final long RESERVE = 8 << 20;

  private final Rig rig = new Rig(5);
  private final List<BodyId> ids = new ArrayList<>();

  @BeforeEach
  void fill() throws IOException {
    rig.limits = new VolumeLimits(32 << 20, 1, 8, 4, RESERVE, 8192, 16384, 65536, Duration.ZERO);
    rig.open();
    for (int i = 0; i < 10; i++) {
      ids.add(BodyStoreContract.put(rig.store, BodyStoreContract.content(BODY, i), 1 << 20));
      rig.store.keep(ids.getLast());
    }
    leave(6 << 20);
    List<BodyId> more = new ArrayList<>();
    assertThatThrownBy(() -> putMany(more))
        .isInstanceOfSatisfying(
            Unavailable.class,
            e -> assertThat(e.reason()).isEqualTo(Unavailable.Reason.STORAGE_FULL));
    more.forEach(rig.store::free);
    rig.store.checkpoint();
    leave(6 << 20);
  }

  private void leave(long bytes) throws IOException {
    rig.disk.capacity(Long.MAX_VALUE);
    rig.disk.capacity(Long.MAX_VALUE - rig.disk.freeBytes() + bytes);
  }

  private void putMany(List<BodyId> into) {
    for (int i = 0; i < 20; i++) {
      into.add(BodyStoreContract.put(rig.store, BodyStoreContract.content(BODY, i), 1 << 20));
    }
  }

  private void free(int from, int to) {
    ids.subList(from, to).forEach(rig.store::free);
    rig.store.checkpoint();
  }

  private void compact() {
    for (int i = 0; rig.store.compactStep(0.2, 1 << 20); i++) {
      assertThat(i).isLessThan(100);
    }
    rig.store.checkpoint();
  }

  @Test
  void whatWasDeletedComesBackThoughTheRestOfTheDiskIsLeftAlone() throws IOException {
    free(0, 6);
    compact();
    assertThat(rig.disk.exists(Volumes.path(1))).isFalse();
    assertThat(rig.disk.freeBytes()).isGreaterThan(RESERVE);
    BodyStoreContract.put(rig.store, BodyStoreContract.content(BODY, 1), 1 << 20);
    for (int i = 6; i < 10; i++) {
      assertThat(BodyStoreContract.read(rig.store, ids.get(i)))
          .isEqualTo(BodyStoreContract.content(BODY, i));
    }
  }

  @Test
  void aVolumeThatHasNoRoomToMoveTakesNoneUntilMoreIsDeleted() throws IOException {
    long before = rig.disk.freeBytes();
    free(0, 3);
    compact();
    assertThat(rig.disk.exists(Volumes.path(1))).isTrue();
    assertThat(rig.disk.freeBytes()).isEqualTo(before);
    free(3, 7);
    compact();
    assertThat(rig.disk.exists(Volumes.path(1))).isFalse();
    assertThat(rig.disk.freeBytes()).isGreaterThan(before);
    assertThat(BodyStoreContract.read(rig.store, ids.get(9)))
        .isEqualTo(BodyStoreContract.content(BODY, 9));
  }
}
