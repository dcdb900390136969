package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.ports.testkit.CrashLoss;
import dev.anvil.ports.testkit.DiskFault;
import dev.anvil.ports.testkit.EngineFaults;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One life of a store, with each of its writes and syncs failing or being the last in turn. */
class CrashAtEveryStepTest {
  private final BodyModel[] model = new BodyModel[1];

  /** Puts, keeps, frees, interleaves, checkpoints, compacts, restarts. */
  private void life(Rig rig, BodyModel m) {
    VolumeBodyStore store = rig.store == null ? rig.open() : rig.store;
    List<BodyId> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(m.put(store, content(200_000 + i), 90_000));
      if (i % 2 == 0) {
        m.keep(store, ids.get(i));
      }
    }
    try (BodyWriter a = store.create();
        BodyWriter b = store.create()) {
      m.doubtful.put(a.id(), content(600_000));
      m.doubtful.put(b.id(), content(300_001));
      a.write(ByteBuffer.wrap(content(600_000), 0, 590_000));
      b.write(ByteBuffer.wrap(content(300_001)));
      m.checkpoint(store);
      a.write(ByteBuffer.wrap(content(600_000), 590_000, 10_000));
      a.seal();
      m.sealed(a.id());
      b.seal();
      m.sealed(b.id());
      ids.add(a.id());
    }
    m.free(store, ids.get(0));
    m.free(store, ids.get(1));
    m.free(store, ids.get(4));
    m.keep(store, ids.get(3));
    m.checkpoint(store);
    compact(store, m);
    m.put(store, content(10), 10);
    m.checkpoint(store);
  }

  private static void compact(VolumeBodyStore store, BodyModel m) {
    for (int i = 0; store.compactStep(0.3, 100_000); i++) {
      assertThat(i).isLessThan(50);
    }
  }

  private static byte[] content(int size) {
    return BodyStoreContract.content(size, size);
  }

  private Rig run(long seed, java.util.function.Consumer<Rig> plan) {
    Rig rig = new Rig(seed);
    rig.open();
    model[0] = new BodyModel();
    plan.accept(rig);
    try {
      life(rig, model[0]);
    } catch (Unavailable e) {
      assertThat(e.maybeApplied() && !e.getMessage().contains("engine")).isFalse();
    }
    return rig;
  }

  private void verify(Rig rig, CrashLoss loss) {
    BodyModel m = model[0];
    VolumeBodyStore store = rig.crash(loss);
    m.restarted(store);
    m.check(store);
    // and it goes on as if nothing had been
    m.put(store, content(70_000), 1 << 20);
    m.checkpoint(store);
    compact(store, m);
    m.checkpoint(store);
    m.check(store);
    m.audit(store);
    assertThat(rig.findings).isEmpty();
    store.close();
  }

  @ParameterizedTest
  @EnumSource(DiskFault.class)
  void everyWriteAndSyncOfTheDisk(DiskFault fault) {
    Rig whole = run(1, rig -> {});
    long start = countStart();
    long operations = whole.disk.operations() - start;
    assertThat(operations).isGreaterThan(20);
    for (long n = 1; n <= operations; n++) {
      for (CrashLoss loss : CrashLoss.values()) {
        long at = n;
        Rig rig = run(n, r -> r.disk.failAfter(at, fault));
        assertThat(rig.disk.clearFault()).as("fault at " + n + " struck").isTrue();
        try {
          verify(rig, loss);
        } catch (Throwable t) {
          throw new AssertionError(fault + " at operation " + n + ", lost " + loss, t);
        }
      }
    }
  }

  private static long countStart() {
    Rig rig = new Rig(1);
    rig.open();
    return rig.disk.operations();
  }

  @ParameterizedTest
  @EnumSource(EngineFaults.Leaving.class)
  void everyCommitAndSyncOfTheIndex(EngineFaults.Leaving leaving) {
    for (int n = 1; n <= 8; n++) {
      for (boolean sync : new boolean[] {false, true}) {
        for (CrashLoss loss : CrashLoss.values()) {
          int nth = n;
          Rig rig =
              run(
                  n,
                  r -> {
                    if (sync) {
                      r.engine.faults().failSync(nth, leaving);
                    } else {
                      r.engine.faults().failCommit(nth, leaving);
                    }
                  });
          assertThat(rig.engine.faults().fired()).as("fault " + n).isEqualTo(1);
          // the store opens its engine anew and loses nothing
          model[0].check(rig.store);
          try {
            verify(rig, loss);
          } catch (Throwable t) {
            throw new AssertionError("index fault " + n + " sync " + sync + " lost " + loss, t);
          }
        }
      }
    }
  }

  @Test
  @Tag("fast")
  void withoutAFaultNothingIsInDoubt() {
    Rig rig = run(1, r -> {});
    assertThat(model[0].doubtful).isEmpty();
    model[0].audit(rig.store);
    verify(rig, CrashLoss.ALL_UNSYNCED);
  }

  @Test
  void aStartThatDiesAtAnyStepIsTakenUpByTheNext() {
    for (int n = 1; n <= 8; n++) {
      Rig rig = run(n, r -> r.disk.failAfter(30, DiskFault.CRASH_TORN));
      rig.disk.crash(CrashLoss.SOME_UNSYNCED, rig.random);
      rig.engine.crash();
      if (n <= 4) {
        rig.disk.failAfter(n, DiskFault.CRASH);
      } else if (n <= 6) {
        rig.engine.faults().failCommit(n - 4, EngineFaults.Leaving.DONE);
      } else {
        rig.engine.faults().failSync(n - 6, EngineFaults.Leaving.DONE);
      }
      boolean died = false;
      try {
        rig.open();
      } catch (Unavailable e) {
        died = true;
      }
      assertThat(died || n <= 4).as("start died at step " + n).isTrue();
      verify(rig, CrashLoss.ALL_UNSYNCED);
    }
  }

  @Test
  void aVolumeWhoseDeletionFailedHalfWayNeverComesBack() {
    for (int n = 1; n <= 12; n++) {
      Rig rig = new Rig(n);
      rig.open();
      BodyId id = BodyStoreContract.put(rig.store, BodyStoreContract.content(700_000, 1), 1 << 20);
      BodyStoreContract.put(rig.store, BodyStoreContract.content(700_000, 2), 1 << 20);
      rig.store.free(id);
      rig.store.checkpoint();
      rig.disk.failAfter(n, DiskFault.FAIL);
      try {
        while (rig.store.compactStep(0.5, 1 << 20)) {
          rig.store.checkpoint();
        }
        rig.store.checkpoint();
      } catch (Unavailable e) {
        assertThat(e).hasMessageContaining("disk");
      }
      rig.disk.clearFault();
      rig.store.close();
      rig.open();
      rig.crash(CrashLoss.ALL_UNSYNCED);
      assertThat(rig.store.size(id)).as("fault at operation %d", n).isEqualTo(-1);
    }
  }
}
