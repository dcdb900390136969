package dev.anvil.app.node;

import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.PartitionState;
import dev.anvil.ports.storage.Partitions;
import java.util.Arrays;

/** What this node must be able to do to be ready, each proved by doing it. */
final class NodeProbes {
  private static final byte[] PROBE_KEY =
      new KeyWriter(KeySpace.OPERATIONS).u8('p').part("readiness").toBytes();

  private NodeProbes() {}

  static NodeHealth over(NodeStores stores, NodeParts parts, NodeTime time) {
    NodeHealth health = new NodeHealth(time.ticker());
    health.probe("persist", () -> persist(stores.partitions().directory(), time));
    health.probe("partitions", () -> serving(stores.partitions()));
    health.probe("authorise", () -> authorise(parts));
    health.probe("watch", () -> watch(stores.partitions()));
    health.proveAll();
    return health;
  }

  /** A real write, and what was written read back. */
  private static String persist(Partition directory, NodeTime time) {
    byte[] value = new RecordWriter(1).i64(time.ticker().nanos()).toBytes();
    directory.write(tx -> {
      tx.put(PROBE_KEY, value);
      return null;
    });
    byte[] found = directory.read(tx -> tx.get(PROBE_KEY));
    if (!Arrays.equals(value, found)) {
      throw new IllegalStateException("what was written did not come back");
    }
    return "written and read back";
  }

  private static String serving(Partitions partitions) {
    for (int n = 0; n < partitions.count(); n++) {
      PartitionState state = partitions.get(new PartitionId(n)).state();
      if (state != PartitionState.SERVING) {
        throw new IllegalStateException("partition " + n + " is " + state);
      }
    }
    return partitions.count() + " partitions serve";
  }

  /** Whether a watch could resume: the newest entry of every journal, read from its place. */
  private static String watch(Partitions partitions) {
    for (int n = 0; n < partitions.count(); n++) {
      Partition p = partitions.get(new PartitionId(n));
      PartitionHead head = p.head();
      long before = head.cursor() - (head.oldest() <= head.cursor() ? 1 : 0);
      if (p.journal(before, 1).through() < head.cursor()) {
        throw new IllegalStateException("the journal of partition " + n + " ends before its head");
      }
    }
    return partitions.count() + " journals read at their heads";
  }

  private static String authorise(NodeParts parts) {
    return "directory view at cursor " + parts.identity().directory().revision();
  }
}
