package dev.anvil.waist;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineStats;
import dev.anvil.ports.storage.EngineTraits;
import dev.anvil.ports.storage.HeldState;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.WriteSet;
import dev.anvil.ports.time.Ticker;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The engine of a partition and the newest durable state of it. One thread opens, commits and
 * closes; any thread holds what is published.
 */
final class DurableState {
  private static final long DRAIN_LOOK_NANOS = 2_000_000;

  private final PartitionId id;
  private final Supplier<Engine> engines;
  private final EngineTraits traits;
  private final RecordRoom records;
  private final AtomicInteger openSnapshots = new AtomicInteger();
  private final Set<LongHold> holds = ConcurrentHashMap.newKeySet();
  private Engine engine;
  private volatile Published published;
  private volatile Stamp stamp;
  private volatile EngineStats lastStats = new EngineStats(0, 0, 0, 0, 0, 0, 0);

  /** Opens the engine and checks it. */
  DurableState(PartitionId id, Supplier<Engine> engines, RecordRoom records) {
    this.records = records;
    this.id = id;
    this.engines = engines;
    open(null);
    this.traits = engine.traits();
  }

  /**
   * Opens the engine anew.
   *
   * @throws dev.anvil.ports.failure.Corrupt if it does not end as expected
   */
  void open(Recovery.Expected expected) {
    Engine opened = engines.get();
    try {
      Stamp found = Recovery.check(id, opened, expected);
      KnownRecords known = new KnownRecords(records, found.revision());
      published = new Published(opened.snapshot(), found, new Remembered(), known, openSnapshots);
      stamp = found;
      engine = opened;
    } finally {
      if (engine != opened) {
        opened.close();
      }
    }
  }

  void commit(WriteSet set) {
    engine.commit(set);
  }

  void sync() {
    engine.sync();
  }

  /** The state just synced, which these changes made of the last, becomes what readers see. */
  void publish(Stamp synced, WriteSet changes) {
    Published before = published;
    Remembered left = before.rememberedAfter(changes.mutations());
    KnownRecords known = before.known();
    known.changed(changes.mutations(), synced.revision());
    published = new Published(engine.snapshot(), synced, left, known, openSnapshots);
    stamp = synced;
    before.release();
  }

  /** The newest published state; for the thread that publishes. */
  Published newest() {
    return published;
  }

  /** Holds the newest published state; the caller releases it. */
  Published hold() {
    while (true) {
      Published p = published;
      if (p == null) {
        throw new Unavailable(
            Unavailable.Reason.STORAGE,
            "partition " + id + " does not serve now; it is opened anew or closed");
      }
      if (p.hold()) {
        return p;
      }
    }
  }

  /** Holds the newest published state until its user or a failure ends it. */
  HeldState holdLong(Ticker ticker) {
    LongHold hold = new LongHold(id, hold(), ticker, holds::remove);
    holds.add(hold);
    if (published == null) {
      hold.revoke();
    }
    return hold;
  }

  Stamp stamp() {
    return stamp;
  }

  EngineTraits traits() {
    return traits;
  }

  /** Counters of the engine, or the last known while there is none. */
  EngineStats stats() {
    Published p = published;
    if (p != null && p.hold()) {
      try {
        lastStats = engine.stats();
      } finally {
        p.release();
      }
    }
    return lastStats;
  }

  /** Readers find nothing from now on; those that read go on. */
  void retire() {
    Published p = published;
    published = null;
    if (p != null) {
      p.known().end();
      p.release();
    }
    holds.forEach(LongHold::revoke);
  }

  /** Waits until no snapshot is held; false when the time is over first. Not interruptible. */
  boolean awaitDrained(long atMostNanos) {
    long steps = atMostNanos / DRAIN_LOOK_NANOS;
    boolean interrupted = false;
    while (openSnapshots.get() > 0 && steps-- > 0) {
      LockSupport.parkNanos(this, DRAIN_LOOK_NANOS);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return openSnapshots.get() == 0;
  }

  /** Closes the engine if there is one; only when drained. */
  void closeEngine() {
    Engine e = engine;
    engine = null;
    if (e != null) {
      e.close();
    }
  }

  boolean hasEngine() {
    return engine != null;
  }
}
