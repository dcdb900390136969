package dev.anvil.bench.authz;

import dev.anvil.app.node.StorageBackend;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.ClosureSwitches;
import dev.anvil.authz.store.ClosureUpkeep;
import dev.anvil.authz.store.ObjectIds;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.RevisionTokens;
import dev.anvil.caveats.cel.CelCaveats;
import dev.anvil.kernel.Incarnation;
import dev.anvil.operations.MaintainClosures;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.waist.Incidents;
import dev.anvil.waist.LocalPartitions;
import dev.anvil.waist.WaistRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Relationships of one tenant on a real engine, in process. */
final class Stand implements AutoCloseable {
  private static final int PATIENCE = 20;

  private final LocalPartitions partitions;
  private final Relationships relationships;

  Stand(Path folder, String engine) throws IOException {
    WaistRuntime runtime =
        new WaistRuntime(
            Thread.ofPlatform().daemon().name("writer-", 0).factory(),
            System::nanoTime,
            InstantSource.system(),
            Meters.none(),
            Incidents.none());
    partitions = LocalPartitions.open(StorageBackend.of(folder, engine), 2, runtime);
    AuthzLimits limits = AuthzLimits.DEFAULT;
    SchemaReader reader = new SchemaReader(limits.schema(), new CelCaveats());
    // the first condition loads classes for long enough to outlast a read on a busy machine
    Map<String, Integer> names = new HashMap<>();
    reader.read(
        PeerShape.SCHEMA, false, name -> names.computeIfAbsent(name, n -> names.size() + 1));
    relationships =
        new Relationships(
            partitions,
            reader,
            new RevisionTokens(new Incarnation(1), new byte[32], limits),
            limits,
            InstantSource.system(),
            System::nanoTime,
            ObjectIds.PLAIN);
  }

  Relationships relationships() {
    return relationships;
  }

  /** Once more after a read or write that a busy machine stretched past its bound. */
  static <T> T patient(Supplier<T> what) {
    for (int tries = 1; ; tries++) {
      try {
        return what.get();
      } catch (Unavailable e) {
        if (tries == PATIENCE) {
          throw e;
        }
      }
    }
  }

  long diskBytes() {
    return partitions.get(new PartitionId(1)).stats().engine().diskBytes();
  }

  /** Switches a closure on and keeps it up until it serves. */
  void closure(String type, String relation) throws InterruptedException {
    new ClosureSwitches(relationships)
        .set(QuestionCosts.OWNER, type, relation, ClosureSwitches.To.ON, QuestionCosts.BY);
    Partition home = relationships.home(QuestionCosts.OWNER.id());
    ClosureUpkeep upkeep = new ClosureUpkeep("closures", home, relationships);
    MaintainClosures duty = new MaintainClosures(upkeep, home, 1_000, Meters.none());
    long start = System.nanoTime();
    while (patient(() -> duty.step(new Always()))) {
      Thread.onSpinWait();
    }
    System.out.printf("closure made in %.1f s%n", (System.nanoTime() - start) / 1e9);
  }

  private static final class Always implements Lease {
    @Override
    public long token() {
      return 1;
    }

    @Override
    public boolean held() {
      return true;
    }

    @Override
    public void check() {
      // nobody else is there
    }
  }

  @Override
  public void close() {
    partitions.close();
  }
}
