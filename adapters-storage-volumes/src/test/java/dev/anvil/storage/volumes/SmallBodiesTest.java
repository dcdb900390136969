package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.ports.testkit.CrashLoss;
import dev.anvil.ports.testkit.DiskFault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small bodies put together: one sync for all, and either all of them or none. */
@Tag("fast")
class SmallBodiesTest {
  private static List<ByteBuffer> contents(int count, int size, int seed) {
    List<ByteBuffer> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(ByteBuffer.wrap(BodyStoreContract.content(size, seed + i)));
    }
    return all;
  }

  @Test
  void manyShareOneSync() {
    Rig rig = new Rig(1);
    VolumeBodyStore store = rig.open();
    store.putAll(contents(1, 10, 1));
    long before = store.stats().syncs();
    store.putAll(contents(60, 4_096, 100));
    assertThat(store.stats().syncs() - before).isEqualTo(1);
    assertThat(store.begun()).isZero();
    store.close();
  }

  @Test
  void oneThatIsTooLargeIsRefusedAndNoneStays() {
    Rig rig = new Rig(1);
    VolumeBodyStore store = rig.open();
    List<ByteBuffer> contents = contents(3, 100, 1);
    contents.add(ByteBuffer.allocate(BodyStore.SMALL_BODY + 1));
    assertThatThrownBy(() -> store.putAll(contents)).isInstanceOf(IllegalArgumentException.class);
    assertThat(store.stats().sealed()).isZero();
    assertThat(store.begun()).isZero();
    assertThat(store.putAll(contents(3, 100, 1))).hasSize(3);
    store.close();
  }

  /** A group is refused as a whole, so it must not depend on how many others write slowly. */
  @Test
  void slowUploadsDoNotKeepAGroupOut() {
    Rig rig = new Rig(1);
    VolumeBodyStore store = rig.open();
    int most = rig.limits.openBodies();
    List<BodyWriter> slow = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      slow.add(store.create());
    }
    assertThatThrownBy(store::create)
        .isInstanceOfSatisfying(
            Unavailable.class,
            e -> assertThat(e.reason()).isEqualTo(Unavailable.Reason.OVERLOADED));
    assertThat(store.putAll(contents(40, 4_096, 1))).hasSize(40);
    assertThat(store.stats().openBodies()).isEqualTo(most);
    slow.forEach(BodyWriter::close);
    assertThat(store.stats().openBodies()).isZero();
    store.close();
  }

  /** Groups, some across the end of a volume, with checkpoints between. */
  private static void life(VolumeBodyStore store, Map<BodyId, byte[]> acknowledged) {
    for (int round = 0; round < 8; round++) {
      List<ByteBuffer> contents = contents(round * 7 + 1, 9_000, round * 1_000);
      List<BodyReceipt> receipts = store.putAll(contents);
      for (int i = 0; i < receipts.size(); i++) {
        acknowledged.put(receipts.get(i).id(), contents.get(i).array());
      }
      if (round % 3 == 2) {
        store.checkpoint();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DiskFault.class)
  void whateverFailsOrIsCutOffWhatWasAcknowledgedIsThere(DiskFault fault) {
    Rig whole = new Rig(1);
    whole.open();
    long start = whole.disk.operations();
    life(whole.store, new LinkedHashMap<>());
    long operations = whole.disk.operations() - start;
    assertThat(operations).isGreaterThan(15);
    for (long n = 1; n <= operations; n++) {
      for (CrashLoss loss : CrashLoss.values()) {
        Rig rig = new Rig(n);
        rig.open();
        rig.disk.failAfter(n, fault);
        Map<BodyId, byte[]> acknowledged = new LinkedHashMap<>();
        try {
          life(rig.store, acknowledged);
        } catch (Unavailable e) {
          assertThat(rig.store.begun()).isZero();
        }
        assertThat(rig.disk.clearFault()).as("fault at " + n + " struck").isTrue();
        if (!fault.name().startsWith("CRASH")) {
          // else the disk answers nothing before the start
          check(rig.store, acknowledged);
        }
        VolumeBodyStore again = rig.crash(loss);
        check(again, acknowledged);
        assertThat(again.putAll(contents(3, 100, 7))).hasSize(3);
        assertThat(rig.findings).isEmpty();
        again.close();
      }
    }
  }

  private static void check(VolumeBodyStore store, Map<BodyId, byte[]> acknowledged) {
    acknowledged.forEach(
        (id, content) -> assertThat(BodyStoreContract.read(store, id)).isEqualTo(content));
  }
}
