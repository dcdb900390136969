package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyFinding;
import dev.anvil.ports.testkit.CrashLoss;
import dev.anvil.ports.testkit.ManualTicker;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.ports.testkit.MemoryEngine;
import dev.anvil.ports.testkit.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** A store on a disk and an engine in memory that outlive it. */
final class Rig {
  /** Small volumes, no background work: what a test does is all that happens. */
  static final VolumeLimits STILL =
      new VolumeLimits(1 << 20, 1, 1024, 4, 0, 8192, 16384, 65536, Duration.ZERO);

  final MemoryDisk disk = new MemoryDisk();
  final List<BodyFinding> findings = new CopyOnWriteArrayList<>();
  final RandomGenerator random;
  MemoryStore engine = new MemoryStore("bodies/index");
  final ManualTicker ticker = new ManualTicker();
  VolumeLimits limits = STILL;
  VolumeBodyStore store;

  Rig(long seed) {
    random = new SplittableRandom(seed);
  }

  VolumeBodyStore open() {
    store =
        VolumeBodyStore.open(
            disk,
            () -> MemoryEngine.open(engine),
            new SplittableRandom(random.nextLong()),
            limits,
            findings::add,
            ticker);
    return store;
  }

  /** The process dies, and perhaps the machine with it. */
  VolumeBodyStore crash(CrashLoss loss) {
    disk.crash(loss, random);
    if (loss == CrashLoss.NOTHING) {
      engine.crashKeeping(engine.unsyncedCommits());
    } else if (loss == CrashLoss.SOME_UNSYNCED) {
      engine.crashKeeping(random.nextInt(engine.unsyncedCommits() + 1));
    } else {
      engine.crash();
    }
    return open();
  }
}
