package dev.anvil.waist;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Committed;
import dev.anvil.ports.storage.Groundwork;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A write function on its way: its caller parks here, the writer runs it, keeps what came of it and
 * lets it go when its group is durable. All but the last step belong to the writer's thread.
 */
final class Pending<T> {
  private final WriteBounds bounds;
  private final Function<WriteTx, T> function;
  private final Thread caller = Thread.currentThread();
  private T value;
  private long commitId;
  private long revision;
  private Instant committedAt;
  private Throwable failure;
  private boolean laid;
  private volatile boolean over;

  Pending(WriteBounds bounds, Function<WriteTx, T> function) {
    this.bounds = bounds;
    this.function = function;
  }

  WriteBounds bounds() {
    return bounds;
  }

  /** Bytes announced, for the bound on what waits. */
  long announcedBytes() {
    return Math.max(0, bounds.bytes());
  }

  /** What must be laid before the function runs; null for none, or when it is. */
  Groundwork groundwork() {
    return laid ? null : bounds.groundwork();
  }

  /** Its groundwork is laid. */
  void laid() {
    laid = true;
  }

  /** Runs the function; what it throws becomes its outcome once the group is durable. */
  void run(FunctionTx tx) {
    value = null;
    failure = null;
    try {
      value = function.apply(tx);
    } catch (Throwable t) {
      failure = t;
    }
    if (failure == null) {
      failure = tx.broken();
    }
    commitId = failure == null ? tx.commitId() : 0;
  }

  boolean failed() {
    return failure != null;
  }

  /** Replaces the outcome of the run. */
  void refuse(Throwable why) {
    value = null;
    commitId = 0;
    failure = why;
  }

  /** Lets the outcome go to the caller. */
  void release(Stamp durable) {
    revision = durable.revision();
    committedAt = durable.committedAt();
    over = true;
    LockSupport.unpark(caller);
  }

  /** Ends the wait with a failure, whatever the function said. */
  void fail(Throwable why) {
    refuse(why);
    over = true;
    LockSupport.unpark(caller);
  }

  /** Parks the caller until the outcome is there. */
  Committed<T> await() {
    while (!over) {
      LockSupport.park(this);
      if (Thread.currentThread().isInterrupted() && !over) {
        throw Unavailable.maybeApplied(
            "the wait for a write was interrupted; read again to learn whether it was applied",
            null);
      }
    }
    switch (failure) {
      case null -> {
        return new Committed<>(value, revision, commitId, committedAt);
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("a write function threw", failure);
    }
  }
}
