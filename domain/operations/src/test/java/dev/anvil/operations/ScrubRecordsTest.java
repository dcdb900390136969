package dev.anvil.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.journal.Finding;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.StandingLease;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.waist.LocalPartitions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class ScrubRecordsTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final Lease LEASE = StandingLease.FIRST;

  private final MemoryBackend backend = new MemoryBackend();
  private final LocalPartitions partitions =
      LocalPartitions.open(backend, 2, TestPartitions.runtime());
  private final Partition scrubbed = partitions.get(new PartitionId(1));
  private final Findings findings = new Findings(partitions.directory(), Meters.none());

  @AfterEach
  void close() {
    partitions.close();
  }

  private static byte[] key(int n) {
    return new KeyWriter(KeySpace.AUTHZ).u32(n).toBytes();
  }

  private void fill(int keys) {
    for (int n = 0; n < keys; n++) {
      byte[] key = key(n);
      scrubbed.write(tx -> {
        tx.put(key, "value".getBytes(UTF_8));
        return null;
      });
    }
  }

  /** Readers see planted damage from the next commit on. */
  private void publish() {
    byte[] other = new KeyWriter(KeySpace.INDEXES).toBytes();
    scrubbed.write(tx -> {
      tx.put(other, other);
      return null;
    });
  }

  private void scrubAll() {
    ScrubRecords duty = new ScrubRecords(scrubbed, findings, CLOCK);
    for (int i = 0; i < 5; i++) {
      assertThat(duty.step(LEASE)).isFalse();
    }
  }

  @Test
  void soundRecordsGiveNoFinding() {
    fill(1_200);
    scrubAll();
    assertThat(findings.list()).isEmpty();
  }

  @Test
  void everyDamagedRecordIsFiledOnceAndTheOthersAreReadOn() {
    fill(2_500);
    for (int n : List.of(0, 1_700, 2_499)) {
      backend.store(LocalPartitions.folder(scrubbed.id())).flip(key(n), 2);
    }
    publish();
    scrubAll();
    scrubAll();
    assertThat(findings.list())
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder(subject(0), subject(1_700), subject(2_499));
    assertThat(findings.list()).allMatch(f -> f.invariant().equals("record-checksum"));
  }

  private static String subject(int n) {
    return "partition 1 key " + HexFormat.of().formatHex(key(n));
  }
}
