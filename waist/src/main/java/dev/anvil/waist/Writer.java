package dev.anvil.waist;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.PartitionState;
import dev.anvil.ports.storage.WaistLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that writes: takes waiting functions, runs them as a group, commits and syncs the
 * group once, shows it to readers and lets the outcomes go. A failed group is never tried again: it
 * seals the partition, and this thread opens it anew.
 */
final class Writer implements Runnable {
  private static final long REST_NANOS = 10_000_000_000L;
  private static final long FIRST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 5_000_000_000L;

  private final PartitionId id;
  private final WaistRuntime runtime;
  private final DurableState state;
  private final WaitingFunctions waiting;
  private final HeadSignal head;
  private final WaistMeters meters;
  private final ChainHash hash = new ChainHash();
  private final LongAdder functions = new LongAdder();
  private final LongAdder groups = new LongAdder();
  private volatile PartitionState serving = PartitionState.SERVING;
  private volatile boolean closing;
  private final Taken taken;
  private int lastMembers;

  Writer(
      PartitionId id,
      WaistRuntime runtime,
      DurableState state,
      WaitingFunctions waiting,
      HeadSignal head) {
    this.id = id;
    this.runtime = runtime;
    this.state = state;
    this.waiting = waiting;
    this.taken = new Taken(waiting);
    this.head = head;
    this.meters = new WaistMeters(runtime.meters(), id);
  }

  @Override
  public void run() {
    try {
      while (!closing) {
        taken.fill();
        if (taken.isEmpty()) {
          waiting.rest(REST_NANOS);
        } else {
          gather();
          runGroup();
        }
      }
    } finally {
      serving = PartitionState.CLOSED;
      taken.drain().forEach(p -> p.fail(refusal()));
      refuseWaiting();
    }
  }

  PartitionState serving() {
    return serving;
  }

  /** Asks the thread to end after the running group. */
  void close() {
    closing = true;
    waiting.wake();
  }

  long functions() {
    return functions.sum();
  }

  long groups() {
    return groups.sum();
  }

  /** Ends whatever waits although nobody will run it; for any thread, when not serving. */
  void refuseWaiting() {
    for (Pending<?> p = waiting.poll(); p != null; p = waiting.poll()) {
      p.fail(refusal());
    }
  }

  /** What is told while not serving: certainly not applied. */
  Unavailable refusal() {
    return serving == PartitionState.CLOSED || closing
        ? new Unavailable(Unavailable.Reason.UNAVAILABLE, "partition " + id + " is closed")
        : new Unavailable(
            Unavailable.Reason.STORAGE,
            "partition " + id + " is sealed after a failed write and is being opened anew; retry");
  }

  /**
   * After a group of many, others are on their way: they share the syncs of this one. A lone caller
   * never waits here.
   */
  private void gather() {
    if (lastMembers >= WaistLimits.GATHER_AFTER_FUNCTIONS) {
      LockSupport.parkNanos(this, WaistLimits.GATHER.toNanos());
      taken.fill();
    }
  }

  private void runGroup() {
    taken.layGround();
    Group group = new Group(state.stamp(), runtime.clock().instant());
    Group.Sealed sealed = null;
    try {
      fill(group);
      if (!group.changesNothing()) {
        sealed = group.seal(hash, runtime.capture());
        commit(group, sealed);
      }
    } catch (Throwable t) {
      failed(group, sealed, t);
      return;
    }
    finish(group, state.stamp());
  }

  private void fill(Group group) {
    try (VerifiedReader base = state.newest().reader()) {
      while (!group.closed()) {
        Pending<?> p = taken.ready();
        if (p == null || !group.admit(p, base)) {
          return;
        }
        taken.remove(p);
      }
    }
  }

  private void commit(Group group, Group.Sealed sealed) {
    state.commit(sealed.set());
    long committed = runtime.ticker().nanos();
    state.sync();
    meters.group(
        group.members().size(),
        sealed.set().mutations().size(),
        runtime.ticker().nanos() - committed);
    state.publish(sealed.stamp(), sealed.set());
    groups.increment();
  }

  private void finish(Group group, Stamp durable) {
    lastMembers = group.members().size();
    runHooks(group.hooks());
    functions.add(lastMembers);
    head.moveTo(durable.cursor());
    for (Pending<?> p : group.members()) {
      p.release(durable);
    }
  }

  private void runHooks(List<Runnable> hooks) {
    for (Runnable hook : hooks) {
      try {
        hook.run();
      } catch (Throwable t) {
        runtime.incidents().report("partition " + id + ": a view failed to follow a commit", t);
      }
    }
  }

  /** No function of the group learns more than that it may have been applied. */
  private void failed(Group group, Group.Sealed sealed, Throwable cause) {
    serving = PartitionState.SEALED;
    meters.sealed();
    List<Pending<?>> members = new ArrayList<>(group.members());
    List<Pending<?>> others = taken.drain();
    if (sealed == null) {
      members.addAll(others);
    } else {
      others.forEach(p -> p.fail(refusal()));
    }
    for (Pending<?> p : members) {
      p.fail(
          sealed == null
              ? Unavailable.notApplied(
                  Unavailable.Reason.STORAGE, "partition " + id + " could not run a write", cause)
              : Unavailable.maybeApplied(
                  reason(cause),
                  "the commit of partition " + id + " failed; read again before a retry",
                  cause));
    }
    refuseWaiting();
    runtime.incidents().report("partition " + id + " is sealed: a group failed", cause);
    reopen(group, sealed == null ? null : sealed.stamp());
  }

  private static Unavailable.Reason reason(Throwable cause) {
    return cause instanceof Unavailable u ? u.reason() : Unavailable.Reason.STORAGE;
  }

  private void reopen(Group group, Stamp attempted) {
    Recovery.Expected expected = new Recovery.Expected(state.stamp(), attempted);
    state.retire();
    long pause = FIRST_PAUSE_NANOS;
    while (!closing) {
      if (tryReopen(expected)) {
        if (state.stamp().equals(attempted)) {
          runHooks(group.hooks());
          head.moveTo(state.stamp().cursor());
        }
        serving = PartitionState.SERVING;
        runtime.incidents().report("partition " + id + " serves again", null);
        return;
      }
      refuseWaiting();
      waiting.rest(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
    }
  }

  private boolean tryReopen(Recovery.Expected expected) {
    if (!state.awaitDrained(FIRST_PAUSE_NANOS)) {
      return false;
    }
    try {
      state.closeEngine();
    } catch (RuntimeException e) {
      runtime.incidents().report("partition " + id + ": closing the failed engine failed", e);
    }
    try {
      state.open(expected);
      return true;
    } catch (RuntimeException e) {
      runtime.incidents().report("partition " + id + " could not be opened anew", e);
      return false;
    }
  }
}
