package dev.anvil.operations;

import dev.anvil.journal.Finding;
import dev.anvil.journal.FindingSink;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.ReadTx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Re-reads every record of a partition against its checksum, a slice a step and then a rest. */
public final class ScrubRecords implements Duty {
  private static final int SLICE = 1_000;

  private final Partition partition;
  private final FindingSink findings;
  private final InstantSource clock;
  private byte[] next = new byte[0];

  /** Over one partition. */
  public ScrubRecords(Partition partition, FindingSink findings, InstantSource clock) {
    this.partition = partition;
    this.findings = findings;
    this.clock = clock;
  }

  private record Slice(List<Finding> bad, byte[] next) {}

  @Override
  public boolean step(Lease lease) {
    lease.check();
    Slice slice = partition.read(this::slice);
    slice.bad().forEach(findings::file);
    next = slice.next() == null ? new byte[0] : slice.next();
    return false;
  }

  private Slice slice(ReadTx tx) {
    List<Finding> bad = new ArrayList<>();
    byte[] last = null;
    try (EntryCursor cursor = tx.scan(KeyRange.ALL.startingAt(next), Order.ASCENDING)) {
      for (int i = 0; i < SLICE; i++) {
        if (!cursor.next()) {
          return new Slice(bad, null);
        }
        last = cursor.key();
        try {
          cursor.value();
        } catch (Corrupt e) {
          bad.add(finding(last, e));
        }
      }
    }
    return new Slice(bad, KeyRange.ALL.after(last).from());
  }

  private Finding finding(byte[] key, Corrupt e) {
    return new Finding(
        "record-checksum",
        "partition " + partition.id() + " key " + HexFormat.of().formatHex(key),
        "CRC32C over key and value",
        e.getMessage(),
        "needed: anvil repair",
        clock.instant());
  }
}
