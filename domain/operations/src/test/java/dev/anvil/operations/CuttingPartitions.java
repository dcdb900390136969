package dev.anvil.operations;

import dev.anvil.ports.journal.JournalPage;
import dev.anvil.ports.storage.Committed;
import dev.anvil.ports.storage.EngineTraits;
import dev.anvil.ports.storage.HeldState;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.PartitionState;
import dev.anvil.ports.storage.PartitionStats;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.util.function.Function;

/** Partitions whose writes may be cut off before they begin or before anybody hears of them. */
record CuttingPartitions(Partitions inner, Runnable before, Runnable after) implements Partitions {
  @Override
  public int count() {
    return inner.count();
  }

  @Override
  public Partition get(PartitionId id) {
    return new Cutting(inner.get(id), before, after);
  }

  private record Cutting(Partition inner, Runnable before, Runnable after) implements Partition {
    @Override
    public PartitionId id() {
      return inner.id();
    }

    @Override
    public EngineTraits traits() {
      return inner.traits();
    }

    @Override
    public <T> T read(Function<ReadTx, T> function) {
      return inner.read(function);
    }

    @Override
    public <T> Committed<T> write(WriteBounds bounds, Function<WriteTx, T> function) {
      before.run();
      Committed<T> done = inner.write(bounds, function);
      after.run();
      return done;
    }

    @Override
    public HeldState hold() {
      return inner.hold();
    }

    @Override
    public PartitionHead head() {
      return inner.head();
    }

    @Override
    public JournalPage journal(long from, int limit) {
      return inner.journal(from, limit);
    }

    @Override
    public boolean awaitPast(long cursor, long timeoutNanos) throws InterruptedException {
      return inner.awaitPast(cursor, timeoutNanos);
    }

    @Override
    public boolean trimJournal(String duty, long token, long upTo) {
      return inner.trimJournal(duty, token, upTo);
    }

    @Override
    public PartitionState state() {
      return inner.state();
    }

    @Override
    public PartitionStats stats() {
      return inner.stats();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
