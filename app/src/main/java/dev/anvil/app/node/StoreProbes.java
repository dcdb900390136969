package dev.anvil.app.node;

import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Real writes, and what was written read back. */
final class StoreProbes {
  /** Where a partition keeps what was written last to prove that it can. */
  static final byte[] KEY = new KeyWriter(KeySpace.OPERATIONS).u8('p').part("readiness").toBytes();

  /** A body costs a sync and a little garbage in a volume, so not every round writes one. */
  private static final int ROUNDS_A_BODY = 5;

  private final Partitions partitions;
  private final BodyStore bodies;
  private final NodeTime time;
  private final Set<Integer> failing = new TreeSet<>();
  private int round;
  private int bodyRound;
  private boolean bodyFailed;

  StoreProbes(Partitions partitions, BodyStore bodies, NodeTime time) {
    this.partitions = partitions;
    this.bodies = bodies;
    this.time = time;
  }

  /**
   * The directory every time, one other partition after the other, and whichever failed last until
   * it does not: else a node with one bad partition would look well whenever another has its turn.
   */
  synchronized String persist() {
    int next = Math.floorMod(round++, partitions.count());
    Set<Integer> due = new TreeSet<>(failing);
    due.add(partitions.directory().id().number());
    due.add(next);
    for (int number : due) {
      failing.add(number);
      writeAndRead(partitions.get(new PartitionId(number)));
      failing.remove(number);
    }
    return "written and read back in the directory and in partition " + next;
  }

  private void writeAndRead(Partition partition) {
    byte[] value = new RecordWriter(1).i64(time.ticker().nanos()).toBytes();
    partition.write(tx -> {
      tx.put(KEY, value);
      return null;
    });
    byte[] found = partition.read(tx -> tx.get(KEY));
    if (!Arrays.equals(value, found)) {
      throw new IllegalStateException(
          "what was written to partition " + partition.id() + " did not come back");
    }
  }

  /** A small body through a volume. */
  synchronized String bodies() {
    if (!bodyFailed && bodyRound++ % ROUNDS_A_BODY != 0) {
      return "a body was written and read back " + (bodyRound - 1) % ROUNDS_A_BODY + " rounds ago";
    }
    bodyFailed = true;
    byte[] bytes = new RecordWriter(1).i64(time.ticker().nanos()).toBytes();
    BodyReceipt receipt;
    try (BodyWriter writer = bodies.create()) {
      writer.write(ByteBuffer.wrap(bytes));
      receipt = writer.seal();
    }
    try {
      requireSame(receipt, bytes);
    } finally {
      bodies.free(receipt.id());
    }
    bodyFailed = false;
    return "a body was written and read back";
  }

  private void requireSame(BodyReceipt receipt, byte[] bytes) {
    ByteBuffer found = ByteBuffer.allocate(bytes.length);
    try (BodyReader reader = bodies.open(receipt.id(), 0, bytes.length)) {
      for (ByteBuffer part = reader.next(); part != null; part = reader.next()) {
        found.put(part);
      }
    }
    if (!Arrays.equals(found.array(), bytes)) {
      throw new IllegalStateException("a body that was written did not come back");
    }
  }
}
