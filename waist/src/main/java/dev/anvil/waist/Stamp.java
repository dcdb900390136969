package dev.anvil.waist;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import java.time.Instant;

/**
 * What each write set says of itself, under one key of the partition: so a reopened engine shows
 * which write set it ends with.
 *
 * @param partition whose it is
 * @param revision write sets so far, this one included
 * @param chain hash over all write sets so far
 * @param cursor newest journal entry
 * @param oldest oldest retained journal entry; cursor + 1 when none is
 * @param committedAt time of the commit, whole milliseconds
 */
record Stamp(
    PartitionId partition,
    long revision,
    long chain,
    long cursor,
    long oldest,
    Instant committedAt) {
  static final int FORMAT = 1;
  static final byte[] KEY = new KeyWriter(KeySpace.WAIST).u8(0x01).toBytes();

  /** Of a partition nothing was ever written to. */
  static Stamp first(PartitionId partition) {
    return new Stamp(partition, 0, 0, 0, 1, Instant.EPOCH);
  }

  byte[] encode() {
    return new RecordWriter(FORMAT)
        .varint(partition.number())
        .varint(revision)
        .i64(chain)
        .varint(cursor)
        .varint(oldest)
        .i64(committedAt.toEpochMilli())
        .toBytes();
  }

  /** Reverse of {@link #encode()}; every misfit is {@code Corrupt}. */
  static Stamp decode(byte[] value) {
    RecordReader r = new RecordReader(value, "commit stamp", FORMAT);
    int partition = r.count(PartitionId.MAX_PARTITIONS - 1);
    long revision = r.varint();
    long chain = r.i64();
    long cursor = r.varint();
    long oldest = r.varint();
    long millis = r.i64();
    if (revision < 1 || cursor < 0 || oldest < 1 || oldest > cursor + 1 || r.hasMore()) {
      throw new Corrupt(
          "commit stamp says revision %d, cursor %d, oldest %d"
              .formatted(revision, cursor, oldest));
    }
    return new Stamp(
        new PartitionId(partition), revision, chain, cursor, oldest, Instant.ofEpochMilli(millis));
  }

  PartitionHead head() {
    return new PartitionHead(revision, chain, cursor, oldest, committedAt);
  }
}
