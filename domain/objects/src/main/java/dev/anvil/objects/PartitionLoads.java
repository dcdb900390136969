package dev.anvil.objects;

import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.WriteTx;

/** How many buckets each partition has, in one record of the directory. */
final class PartitionLoads {
  private PartitionLoads() {}

  /** The partition with the fewest buckets; the directory only when it is the only partition. */
  static PartitionId leastLoaded(WriteTx tx, int partitions) {
    long[] counts = read(tx);
    int best = partitions == 1 ? 0 : 1;
    for (int i = best + 1; i < partitions; i++) {
      if (counts[i] < counts[best]) {
        best = i;
      }
    }
    return new PartitionId(best);
  }

  static void add(WriteTx tx, PartitionId partition, int buckets) {
    long[] counts = read(tx);
    counts[partition.number()] = Math.max(0, counts[partition.number()] + buckets);
    int length = counts.length;
    while (length > 0 && counts[length - 1] == 0) {
      length--;
    }
    RecordWriter w = new RecordWriter(1);
    w.varint(length);
    for (int i = 0; i < length; i++) {
      w.varint(counts[i]);
    }
    tx.put(NameRecord.loadKey(), w.toBytes());
  }

  private static long[] read(WriteTx tx) {
    long[] counts = new long[PartitionId.MAX_PARTITIONS];
    byte[] value = tx.get(NameRecord.loadKey());
    if (value == null) {
      return counts;
    }
    RecordReader r = new RecordReader(value, "partition loads", 1);
    int n = r.count(counts.length);
    for (int i = 0; i < n; i++) {
      counts[i] = r.varint();
    }
    return counts;
  }
}
