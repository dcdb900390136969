package dev.anvil.journal.watch;

import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionHead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One watch on one journal: what it has passed, and how far it must read by itself. What lies
 * beyond is offered by the tail, which remembers the first match only; so a lane costs the same
 * however far its reader is behind.
 */
final class Lane {
  private final WatchScope scope;
  private final BucketSpaces.Space space;
  private final Partition partition;
  private final Wakeup wakeup;
  private PartitionTail tail;
  private long match;
  private volatile long position;
  private volatile boolean idle;
  private long readTo;
  private Instant passed;

  /**
   * A lane after the position.
   *
   * @param space of the one bucket, or null for all of the scope's tenant
   */
  Lane(
      WatchScope scope,
      BucketSpaces.Space space,
      Partition partition,
      long position,
      Wakeup wakeup) {
    this.scope = scope;
    this.space = space;
    this.partition = partition;
    this.position = position;
    this.wakeup = wakeup;
  }

  void follow(PartitionTail followed) {
    tail = followed;
  }

  void leave() {
    tail.remove(this);
  }

  Partition partition() {
    return partition;
  }

  WatchScope scope() {
    return scope;
  }

  BucketSpaces.Space space() {
    return space;
  }

  boolean ofTenant() {
    return space == null;
  }

  /** The space or tenant under which the tail keeps it. */
  long index() {
    return ofTenant() ? scope.tenantId() : space.id();
  }

  /** Called by the tail as it takes it in: what comes after is offered. */
  void caughtUpAt(long through) {
    readTo = through;
  }

  /** Called by the tail, under its lock. */
  void offer(JournalEntry entry) {
    boolean wanted =
        ofTenant()
            ? scope.has(entry.change().kind())
            : EventRules.inBucket(scope, space.id(), entry.change());
    if (wanted) {
      match(entry.cursor());
    }
  }

  /** Called by the tail, under its lock. */
  void match(long cursor) {
    if (match == 0) {
      match = cursor;
      wakeup.call();
    }
  }

  /** Called by the tail, under its lock. */
  long takeMatch() {
    long found = match;
    match = 0;
    return found;
  }

  void call() {
    wakeup.call();
  }

  /**
   * Entries to look at next, whole commits; none if it has caught up.
   *
   * @throws dev.anvil.ports.failure.Expired CursorExpired, with bare positions
   */
  List<JournalEntry> next() {
    if (position >= readTo) {
      PartitionTail.Found found = tail.take(this);
      if (found.match() == 0) {
        position = Math.max(position, found.through());
        idle = true;
        return List.of();
      }
      idle = false;
      position = Math.max(position, found.match() - 1);
      readTo = Math.max(found.through(), found.match());
      if (position >= readTo) {
        return List.of();
      }
    }
    return tail.read(position);
  }

  /** Everything up to this entry is done with. */
  void pass(JournalEntry entry) {
    position = entry.cursor();
    passed = entry.committedAt();
  }

  /** Whether it must still read before it can wait. */
  boolean behind() {
    return position < readTo;
  }

  long position() {
    return position;
  }

  /** Entries it has not passed. */
  long lagEntries() {
    long done = idle ? Math.max(position, tail.through()) : position;
    return Math.max(0, partition.head().cursor() - done);
  }

  /** How much older the last entry it passed is than the newest there is. */
  Duration lag() {
    PartitionHead head = partition.head();
    if (passed == null || head.cursor() <= position) {
      return Duration.ZERO;
    }
    Duration behind = Duration.between(passed, head.committedAt());
    return behind.isNegative() ? Duration.ZERO : behind;
  }
}
