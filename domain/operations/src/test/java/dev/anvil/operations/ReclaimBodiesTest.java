package dev.anvil.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.journal.JournalConsumer;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.Drafts;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.StandingLease;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.waist.LocalPartitions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class ReclaimBodiesTest {
  private static final int SIZE = 100_000;
  private static final Lease LEASE = StandingLease.FIRST;

  private final MemoryBackend backend = new MemoryBackend();
  private LocalPartitions partitions;
  private VolumeBodyStore bodies;
  private ReclaimBodies reclaim;

  private void boot() {
    partitions = LocalPartitions.open(backend, 2, TestPartitions.runtime());
    bodies = VolumeBodyStore.open(backend, new Random(1), found -> {});
    reclaim = new ReclaimBodies(partitions, bodies, bodies);
  }

  private void reboot() {
    close();
    boot();
  }

  @AfterEach
  void close() {
    bodies.close();
    partitions.close();
  }

  private BodyId write() {
    try (BodyWriter out = bodies.create()) {
      out.write(ByteBuffer.allocate(SIZE));
      return out.seal().id();
    }
  }

  private void commit(int partition, BodyId id) {
    JournalDraft d = Drafts.of("object.put", "k");
    JournalDraft named =
        new JournalDraft(
            d.kind(),
            d.space(),
            d.subject(),
            d.version(),
            d.actor(),
            d.requestId(),
            d.payload(),
            d.idempotencyHash(),
            d.authzRevision(),
            List.of(id));
    partitions.get(new PartitionId(partition)).write(tx -> tx.append(named));
  }

  private void reconcile(int partition) {
    PartitionId id = new PartitionId(partition);
    Partition p = partitions.get(id);
    JournalConsumer consumer =
        new JournalConsumer(
            "bodies", p, new ReconcileBodies(id, bodies, bodies), 10, Meters.none());
    boolean more = true;
    while (more) {
      more = consumer.step(LEASE);
    }
  }

  @Test
  void bodiesThatNoCommitNamesAreFreedAfterTheBootAndTheOthersStay() {
    boot();
    BodyId committedNotKept = write();
    commit(1, committedNotKept);
    BodyId abandoned = write();
    reboot();
    BodyId young = write();
    reconcile(0);
    assertThat(reclaim.step(LEASE)).as("partition 1 is not read yet").isFalse();
    assertThat(bodies.size(abandoned)).isEqualTo(SIZE);
    reconcile(1);
    while (reclaim.step(LEASE)) {
      bodies.checkpoint();
    }
    assertThat(bodies.size(committedNotKept)).isEqualTo(SIZE);
    assertThat(bodies.size(young)).as("what this boot wrote is never swept").isEqualTo(SIZE);
    assertThat(bodies.size(abandoned)).isEqualTo(-1);
    assertThatThrownBy(() -> bodies.open(abandoned, 0, 1)).isInstanceOf(NotFound.class);
  }

  @Test
  void whenTheJournalIsGoneNothingIsGuessedAt() {
    boot();
    BodyId perhapsCommitted = write();
    commit(0, perhapsCommitted);
    reboot();
    ReconcileBodies effect = new ReconcileBodies(new PartitionId(0), bodies, bodies);
    effect.rebuild(partitions.directory().head().cursor(), 1);
    reconcile(1);
    while (reclaim.step(LEASE)) {
      bodies.checkpoint();
    }
    assertThat(bodies.size(perhapsCommitted)).isEqualTo(SIZE);
  }
}
