package dev.anvil.waist;

import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.WriteSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A durable state that readers see: a snapshot that ends with its last reader once it is no longer
 * the newest.
 */
final class Published {
  private final EngineSnapshot snapshot;
  private final Stamp stamp;
  private final Remembered remembered;
  private final KnownRecords known;
  private final AtomicInteger open;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** Held by its maker; {@code open} counts the snapshots of the engine that have not ended. */
  Published(
      EngineSnapshot snapshot,
      Stamp stamp,
      Remembered remembered,
      KnownRecords known,
      AtomicInteger open) {
    this.known = known;
    this.remembered = remembered;
    this.snapshot = snapshot;
    this.stamp = stamp;
    this.open = open;
    open.incrementAndGet();
  }

  Stamp stamp() {
    return stamp;
  }

  /** A reader of its own; only while held. */
  VerifiedReader reader() {
    return new VerifiedReader(snapshot, this);
  }

  Remembered remembered() {
    return remembered;
  }

  /** What is known of the records of this opening of the engine. */
  KnownRecords known() {
    return known;
  }

  /** What the next state begins with. */
  Remembered rememberedAfter(List<WriteSet.Mutation> changes) {
    return remembered.after(changes);
  }

  /** Holds it, unless it has ended. */
  boolean hold() {
    int n = holders.get();
    while (n > 0) {
      int seen = holders.compareAndExchange(n, n + 1);
      if (seen == n) {
        return true;
      }
      n = seen;
    }
    return false;
  }

  /** Lets go; the last to do so ends the snapshot. */
  void release() {
    if (holders.decrementAndGet() == 0) {
      try {
        snapshot.close();
      } finally {
        open.decrementAndGet();
      }
    }
  }
}
