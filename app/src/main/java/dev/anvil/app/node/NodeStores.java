package dev.anvil.app.node;

import dev.anvil.app.home.StorageHome;
import dev.anvil.operations.Findings;
import dev.anvil.operations.ReclaimBodies;
import dev.anvil.operations.ScrubBodies;
import dev.anvil.ports.bodies.BodyFinding;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Backend;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.storage.volumes.VolumeLimits;
import dev.anvil.waist.LocalPartitions;
import dev.anvil.waist.RecordRoom;
import dev.anvil.waist.WaistRuntime;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions and the bodies, open. */
final class NodeStores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("anvil.storage");
  private static final int MAX_PENDING_FINDINGS = 1_000;

  /** Values that were read lately take this part of the heap, and their tables half as much. */
  private static final int HEAP_SHARE_OF_RECORDS = 12;

  private final LocalPartitions partitions;
  private final VolumeBodyStore bodies;
  private final Findings findings;
  private final ReclaimBodies reclaim;
  private final Queue<BodyFinding> met;

  private NodeStores(
      LocalPartitions partitions,
      VolumeBodyStore bodies,
      Findings findings,
      Queue<BodyFinding> met) {
    this.partitions = partitions;
    this.bodies = bodies;
    this.findings = findings;
    this.met = met;
    this.reclaim = new ReclaimBodies(partitions, bodies, bodies);
  }

  static NodeStores open(
      Backend backend, StorageHome home, NodeTime time, Meters meters, boolean capture) {
    WaistRuntime runtime =
        new WaistRuntime(
            Thread.ofPlatform().name("anvil-writer-", 0).factory(),
            time.ticker(),
            time.clock(),
            meters,
            (what, cause) -> LOG.warn("{}", what, cause),
            capture,
            RecordRoom.of(
                Runtime.getRuntime().maxMemory() / HEAP_SHARE_OF_RECORDS,
                home.identity().partitions()));
    Unwinding opened = new Unwinding();
    try {
      LocalPartitions partitions =
          opened.add(LocalPartitions.open(backend, home.identity().partitions(), runtime));
      Queue<BodyFinding> met = new ConcurrentLinkedQueue<>();
      VolumeBodyStore bodies =
          opened.add(
              VolumeBodyStore.open(
                  backend.disk(),
                  () -> backend.openEngine(VolumeBodyStore.INDEX_FOLDER),
                  time.random(),
                  VolumeLimits.DEFAULT,
                  found -> remember(met, found)));
      return new NodeStores(partitions, bodies, new Findings(partitions.directory(), meters), met);
    } catch (RuntimeException e) {
      opened.unwind(e);
      throw e;
    }
  }

  /** Readers must not wait for the directory, so what they meet is filed a moment later. */
  private static void remember(Queue<BodyFinding> met, BodyFinding found) {
    LOG.error("a stored body is damaged: {}", found);
    if (met.size() < MAX_PENDING_FINDINGS) {
      met.add(found);
    }
  }

  /** Files what readers met. */
  void fileFindings(NodeTime time) {
    for (BodyFinding found = met.peek(); found != null; found = met.peek()) {
      findings.file(ScrubBodies.finding(found, time.clock().instant()));
      met.poll();
    }
  }

  LocalPartitions partitions() {
    return partitions;
  }

  VolumeBodyStore bodies() {
    return bodies;
  }

  Findings findings() {
    return findings;
  }

  ReclaimBodies reclaim() {
    return reclaim;
  }

  @Override
  public void close() {
    Unwinding open = new Unwinding();
    open.add(partitions);
    open.add(bodies);
    open.unwind(null);
  }
}
