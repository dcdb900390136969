package dev.anvil.waist;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.journal.JournalPage;
import dev.anvil.ports.storage.Committed;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineTraits;
import dev.anvil.ports.storage.HeldState;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.PartitionState;
import dev.anvil.ports.storage.PartitionStats;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WaistLimits;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A partition over an engine with one writer thread. After a failed group it opens its engine anew
 * by itself, at a bounded pace, and serves again once the engine ends with the last durable write
 * set or the one that failed.
 */
public final class GroupCommitPartition implements Partition {
  private static final long CLOSE_WAIT_NANOS = 2 * WaistLimits.MAX_READ.toNanos();

  private final PartitionId id;
  private final WaistRuntime runtime;
  private final DurableState state;
  private final WaitingFunctions waiting = new WaitingFunctions();
  private final HeadSignal head;
  private final Writer writer;
  private final Thread thread;
  private final LongAdder reads = new LongAdder();

  private GroupCommitPartition(PartitionId id, Supplier<Engine> engines, WaistRuntime runtime) {
    this.id = id;
    this.runtime = runtime;
    this.state = new DurableState(id, engines, runtime.records());
    this.head = new HeadSignal(state.stamp().cursor());
    this.writer = new Writer(id, runtime, state, waiting, head);
    this.thread = runtime.threads().newThread(writer);
  }

  /**
   * Opens the partition and starts its writer.
   *
   * @param engines opens the partition's engine, at the start and after a failure
   * @throws dev.anvil.ports.failure.Corrupt if the commit stamp or the ends of the journal do not
   *     fit together, or the engine belongs to another partition
   * @throws Unavailable if the engine cannot be opened
   */
  public static GroupCommitPartition open(
      PartitionId id, Supplier<Engine> engines, WaistRuntime runtime) {
    GroupCommitPartition p = new GroupCommitPartition(id, engines, runtime);
    p.thread.start();
    return p;
  }

  @Override
  public PartitionId id() {
    return id;
  }

  @Override
  public EngineTraits traits() {
    return state.traits();
  }

  @Override
  public <T> T read(Function<ReadTx, T> function) {
    return readStamped((tx, stamp) -> function.apply(tx));
  }

  private <T> T readStamped(BiFunction<ReadTx, Stamp, T> function) {
    checkServing();
    reads.increment();
    Published p = state.hold();
    try (VerifiedReader reader = p.reader()) {
      SnapshotTx tx = new SnapshotTx(reader, p.stamp(), runtime.ticker());
      try {
        return function.apply(tx, p.stamp());
      } finally {
        tx.end();
      }
    } finally {
      p.release();
    }
  }

  @Override
  public <T> Committed<T> write(WriteBounds bounds, Function<WriteTx, T> function) {
    checkNotTheWriter("a write function or hook writes to its own partition");
    checkServing();
    if (Thread.currentThread().isInterrupted()) {
      throw new Unavailable(
          Unavailable.Reason.UNAVAILABLE, "the caller was interrupted before its write began");
    }
    Pending<T> pending = new Pending<>(bounds, function);
    waiting.add(pending);
    if (writer.serving() != PartitionState.SERVING) {
      writer.refuseWaiting();
    }
    return pending.await();
  }

  private void checkServing() {
    if (writer.serving() != PartitionState.SERVING) {
      throw writer.refusal();
    }
  }

  @Override
  public PartitionHead head() {
    return state.stamp().head();
  }

  @Override
  public HeldState hold() {
    checkServing();
    return state.holdLong(runtime.ticker());
  }

  @Override
  public JournalPage journal(long after, int limit) {
    return readStamped((tx, stamp) -> JournalPages.read(tx, stamp, after, limit));
  }

  @Override
  public boolean awaitPast(long cursor, long timeoutNanos) throws InterruptedException {
    return head.awaitPast(cursor, timeoutNanos);
  }

  @Override
  public boolean trimJournal(String duty, long token, long upTo) {
    return write(
            JournalTrim.BOUNDS,
            tx -> JournalTrim.run((FunctionTx) tx, duty, token, upTo, state.stamp().cursor()))
        .value();
  }

  @Override
  public PartitionState state() {
    return writer.serving();
  }

  @Override
  public PartitionStats stats() {
    return new PartitionStats(
        writer.functions(), writer.groups(), waiting.size(), reads.sum(), state.stats());
  }

  /**
   * Also waits for running reads, at most twice their bound.
   *
   * @throws Unavailable if a read still holds a snapshot then; the engine stays open
   */
  @Override
  public void close() {
    checkNotTheWriter("a write function or hook closes its own partition");
    writer.close();
    joinWriter();
    head.close();
    state.retire();
    if (!state.awaitDrained(CLOSE_WAIT_NANOS)) {
      throw new Unavailable(
          Unavailable.Reason.TIMEOUT, "partition " + id + " cannot close: a read does not end");
    }
    state.closeEngine();
  }

  /** The writer would wait for itself for ever. */
  private void checkNotTheWriter(String what) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException(what);
    }
  }

  private void joinWriter() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
