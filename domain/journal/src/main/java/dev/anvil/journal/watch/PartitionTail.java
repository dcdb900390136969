package dev.anvil.journal.watch;

import dev.anvil.ports.failure.Expired;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.journal.JournalPage;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Follows one journal for every watch that has caught up with it: reads each new entry once, keeps
 * the newest ones, and calls exactly the lanes that ask for it. It runs while there are lanes.
 */
final class PartitionTail implements Runnable {
  private final Partition partition;
  private final EventRules rules;
  private final Meters.Counter reads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Set<Lane>> bySpace = new HashMap<>();
  private final Map<Long, Set<Lane>> byTenant = new HashMap<>();
  private final TailRing ring;
  private long through;
  private int lanes;
  private boolean over;
  private RuntimeException failure;

  /** To begin at the head; somebody runs it. */
  PartitionTail(Partition partition, EventRules rules, Meters.Counter reads) {
    this.partition = partition;
    this.rules = rules;
    this.reads = reads;
    this.through = partition.head().cursor();
    this.ring = new TailRing(through);
  }

  /** Every entry up to it was offered. */
  long through() {
    lock.lock();
    try {
      return through;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a lane in; it reads up to {@link Lane#caughtUpAt} by itself. False if this is over. */
  boolean add(Lane lane) {
    lock.lock();
    try {
      if (over) {
        return false;
      }
      lane.caughtUpAt(through);
      index(lane).computeIfAbsent(lane.index(), _ -> new HashSet<>()).add(lane);
      lanes++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void remove(Lane lane) {
    lock.lock();
    try {
      Set<Lane> set = index(lane).get(lane.index());
      if (set != null && set.remove(lane)) {
        lanes--;
        if (set.isEmpty()) {
          index(lane).remove(lane.index());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private Map<Long, Set<Lane>> index(Lane lane) {
    return lane.ofTenant() ? byTenant : bySpace;
  }

  /**
   * What was found for a lane since it last asked.
   *
   * @param through every entry up to it was looked at
   * @param match the first one that it asks for; 0 if none
   */
  record Found(long through, long match) {}

  Found take(Lane lane) {
    lock.lock();
    try {
      if (failure != null) {
        throw failure;
      }
      return new Found(through, lane.takeMatch());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Entries after the cursor, whole commits: from memory if it holds them, else from the journal.
   *
   * @throws Expired CursorExpired, with bare positions
   */
  List<JournalEntry> read(long after) {
    lock.lock();
    try {
      List<JournalEntry> kept = ring.after(after, WatchLimits.PAGE);
      if (kept != null) {
        return kept;
      }
    } finally {
      lock.unlock();
    }
    reads.add(1, "behind");
    return WholeCommits.read(partition, after, WatchLimits.PAGE).entries();
  }

  @Override
  public void run() {
    try {
      while (goOn()) {
        if (partition.awaitPast(through, WatchLimits.FOLLOW.toNanos())) {
          step();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(new IllegalStateException("a follower of the journal was interrupted", e));
    } catch (RuntimeException e) {
      end(e);
    }
  }

  private void step() {
    JournalPage page;
    try {
      reads.add(1, "tail");
      page = WholeCommits.read(partition, through, WatchLimits.PAGE);
    } catch (Expired e) {
      // retention overtook it: whoever waits reads for himself and meets the same
      skip(partition.head().cursor());
      return;
    }
    lock.lock();
    try {
      // under the lock, so that a tenant's lane that comes in is offered this page or has passed it
      Map<Long, Long> tenants = byTenant.isEmpty() ? null : tenants(page.entries());
      for (JournalEntry entry : page.entries()) {
        ring.add(entry);
        through = entry.cursor();
        offer(entry, bySpace.get(entry.change().space()));
        if (tenants != null) {
          offer(entry, byTenant.get(tenants.get(entry.change().space())));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tenants of the spaces met; read once for each bucket, then from memory. */
  private Map<Long, Long> tenants(List<JournalEntry> entries) {
    Map<Long, Long> tenants = new HashMap<>();
    for (JournalEntry entry : entries) {
      long tenant = rules.tenantOf(partition.id(), entry.change());
      tenants.merge(entry.change().space(), tenant, Math::max);
    }
    return tenants;
  }

  private static void offer(JournalEntry entry, Set<Lane> asking) {
    if (asking != null) {
      for (Lane lane : asking) {
        lane.offer(entry);
      }
    }
  }

  private void skip(long to) {
    lock.lock();
    try {
      ring.clear(to);
      everyLane(lane -> lane.match(through + 1));
      through = to;
    } finally {
      lock.unlock();
    }
  }

  private boolean goOn() {
    lock.lock();
    try {
      over = lanes == 0 || over;
      return !over;
    } finally {
      lock.unlock();
    }
  }

  /** Ends it for every lane, now or with its next step. */
  void end(RuntimeException why) {
    lock.lock();
    try {
      over = true;
      failure = why;
      everyLane(Lane::call);
    } finally {
      lock.unlock();
    }
  }

  private void everyLane(Consumer<Lane> what) {
    bySpace.values().forEach(set -> set.forEach(what));
    byTenant.values().forEach(set -> set.forEach(what));
  }
}
