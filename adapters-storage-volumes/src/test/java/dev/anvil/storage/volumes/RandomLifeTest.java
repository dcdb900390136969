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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random lives against a model: uploads side by side, faults, full disks, crashes, compaction. */
class RandomLifeTest {
  private static final long SEED = Long.getLong("anvil.seed", 20261125L);

  private record Upload(BodyWriter writer, byte[] content, int[] done, AtomicBoolean finished) {}

  private final List<Upload> uploads = new ArrayList<>();
  private Rig rig;
  private BodyModel model;
  private SplittableRandom random;

  @Test
  void aShortLife() {
    lives(4, 150);
  }

  @Test
  @Tag("slow")
  void longLives() {
    lives(120, 400);
  }

  private void lives(int lives, int steps) {
    for (int life = 0; life < lives; life++) {
      long seed = SEED + life;
      try {
        live(seed, steps);
      } catch (Throwable t) {
        throw new AssertionError("with -Danvil.seed=" + seed, t);
      }
    }
  }

  private void live(long seed, int steps) {
    random = new SplittableRandom(seed);
    rig = new Rig(seed);
    model = new BodyModel();
    uploads.clear();
    rig.open();
    for (int i = 0; i < steps; i++) {
      try {
        step(random.nextInt(100));
      } catch (Unavailable e) {
        assertThat(e.getMessage()).containsAnyOf("disk", "planned", "full", "failed", "again");
      }
    }
    rig.disk.capacity(Long.MAX_VALUE);
    restart(CrashLoss.ALL_UNSYNCED);
    compact();
    model.checkpoint(rig.store);
    model.audit(rig.store);
    model.check(rig.store);
    assertThat(rig.findings).isEmpty();
    rig.store.close();
  }

  private void step(int choice) {
    if (choice < 30) {
      model.put(rig.store, content(), 1 + random.nextInt(200_000));
    } else if (choice < 40) {
      begin();
    } else if (choice < 55) {
      goOn();
    } else if (choice < 65) {
      pick().ifPresent(id -> model.keep(rig.store, id));
    } else if (choice < 77) {
      pick().ifPresent(id -> model.free(rig.store, id));
    } else if (choice < 82) {
      model.checkpoint(rig.store);
    } else if (choice < 86) {
      rig.store.compactStep(0.3, random.nextInt(500_000));
    } else if (choice < 88) {
      assertThat(rig.store.scrubStep(random.nextInt(500_000)).findings()).isEmpty();
    } else if (choice < 90) {
      pick().ifPresent(this::readRange);
    } else if (choice < 93) {
      DiskFault[] faults = {DiskFault.FAIL, DiskFault.FAIL_AFTER, DiskFault.TORN};
      rig.disk.failAfter(1 + random.nextInt(6), faults[random.nextInt(3)]);
    } else if (choice < 94) {
      rig.engine.faults().failCommit(1, EngineFaults.Leaving.values()[random.nextInt(2)]);
    } else if (choice < 96) {
      rig.disk.capacity(random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(8_000_000));
    } else if (choice < 97) {
      rig.disk.clearFault();
      rig.store.close();
      uploads.clear();
      openDespiteFaults(rig::open);
      reopened();
    } else {
      restart(CrashLoss.values()[random.nextInt(3)]);
    }
  }

  private byte[] content() {
    int size = random.nextInt(10) == 0 ? random.nextInt(1_200_000) : random.nextInt(30_000);
    return BodyStoreContract.content(size, random.nextLong());
  }

  private void begin() {
    if (uploads.size() < 5) {
      BodyWriter writer = rig.store.create();
      Upload u = new Upload(writer, content(), new int[1], new AtomicBoolean());
      model.doubtful.put(writer.id(), u.content);
      uploads.add(u);
    }
  }

  private void goOn() {
    if (uploads.isEmpty()) {
      return;
    }
    Upload u = uploads.get(random.nextInt(uploads.size()));
    int left = u.content.length - u.done[0];
    try {
      if (left == 0 && random.nextBoolean() && u.finished.compareAndSet(false, true)) {
        u.writer.finish();
      } else if (left == 0) {
        uploads.remove(u);
        u.writer.seal();
        model.sealed(u.writer.id());
      } else if (random.nextInt(20) == 0) {
        uploads.remove(u);
        u.writer.close();
      } else {
        int n = 1 + random.nextInt(left);
        u.writer.write(ByteBuffer.wrap(u.content, u.done[0], n));
        u.done[0] += n;
      }
    } catch (Unavailable e) {
      uploads.remove(u);
      throw e;
    }
  }

  private Optional<BodyId> pick() {
    List<BodyId> ids = List.copyOf(model.live.keySet());
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(random.nextInt(ids.size())));
  }

  private void readRange(BodyId id) {
    byte[] content = model.live.get(id);
    int from = random.nextInt(content.length + 1);
    int to = from + random.nextInt(content.length - from + 1);
    assertThat(BodyStoreContract.read(rig.store, id, from, to - from))
        .isEqualTo(Arrays.copyOfRange(content, from, to));
  }

  private void restart(CrashLoss loss) {
    rig.disk.clearFault();
    uploads.clear();
    openDespiteFaults(() -> rig.crash(loss));
    reopened();
  }

  /** A fault planned before may strike the start; the next start takes up from there. */
  private void openDespiteFaults(Runnable opening) {
    try {
      opening.run();
    } catch (Unavailable e) {
      rig.disk.capacity(Long.MAX_VALUE);
      rig.crash(CrashLoss.SOME_UNSYNCED);
    }
  }

  private void reopened() {
    model.restarted(rig.store);
    model.check(rig.store);
  }

  private void compact() {
    for (int i = 0; rig.store.compactStep(0.3, 200_000); i++) {
      assertThat(i).isLessThan(1_000);
    }
  }
}
