package dev.anvil.journal.watch;

import dev.anvil.authz.Access;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** All open watches of a node, and one follower for each journal that is watched. */
public final class WatchHub implements AutoCloseable {
  /**
   * What watches work on.
   *
   * @param partitions the journals
   * @param access the door, at the opening and at every delivery
   * @param buckets names and spaces of buckets
   * @param texts cursors
   * @param incarnations which cursors of earlier lives are good
   */
  public record Sources(
      Partitions partitions,
      Access access,
      BucketSpaces buckets,
      CursorTexts texts,
      Incarnations incarnations) {}

  private final Sources sources;
  private final Watch.Parts parts;
  private final Executor followers;
  private final PartitionTail[] tails;
  private final Set<Watch> open = ConcurrentHashMap.newKeySet();
  private boolean closed;

  /**
   * Nothing is followed until somebody watches.
   *
   * @param followers runs a follower for each watched journal, for as long as it is watched
   */
  public WatchHub(Sources sources, Executor followers, Ticker ticker, Meters meters) {
    this.sources = sources;
    this.followers = followers;
    this.parts =
        new Watch.Parts(
            new EventRules(sources.access(), sources.buckets()),
            sources.texts(),
            ticker,
            new WatchMeters(meters));
    this.tails = new PartitionTail[sources.partitions().count()];
    meters.gauge("anvil_watches", "Open watches", open::size);
    for (int n = 0; n < tails.length; n++) {
      int number = n;
      meters.gauge(
          "anvil_consumer_lag_entries",
          "Journal entries a consumer family has not applied yet",
          () -> open.stream().mapToLong(w -> w.lagEntries(number)).max().orElse(0),
          "family",
          "watch",
          "partition",
          Integer.toString(n));
      meters.gauge(
          "anvil_consumer_lag_seconds",
          "Age of the oldest change a consumer family has not applied yet, in seconds",
          () -> open.stream().mapToLong(w -> w.lag(number).toMillis()).max().orElse(0) / 1e3,
          "family",
          "watch",
          "partition",
          Integer.toString(n));
    }
  }

  Sources sources() {
    return sources;
  }

  /** Watches open now. */
  int size() {
    return open.size();
  }

  /**
   * Opens a watch.
   *
   * @param space of the bucket, or null to watch a tenant
   * @param after cursor to go on after, or null to begin now
   * @throws Invalid InvalidCursor for a cursor of another scope, or of a place not reached yet
   * @throws dev.anvil.ports.failure.Expired CursorExpired
   * @throws Unavailable Overloaded
   */
  Watch open(WatchScope scope, BucketSpaces.Space space, String after, Watch.Watcher watcher) {
    Wakeup wakeup = new Wakeup();
    return open(scope, lanes(scope, space, after, wakeup), wakeup, watcher);
  }

  /** Opens a watch on relationships, which lie in one partition; as {@link #open} otherwise. */
  Watch openOn(Partition home, WatchScope scope, String after, Watch.Watcher watcher) {
    Wakeup wakeup = new Wakeup();
    CursorTexts.Opened cursor = after == null ? null : sources.texts().open(after, scope);
    long position = cursor == null ? home.head().cursor() : cursor.positions()[0];
    List<Lane> lanes = List.of(new Lane(scope, null, home, position, wakeup));
    if (cursor != null) {
      requireGood(scope, lanes, lanes.getFirst(), cursor.incarnation());
    }
    return open(scope, lanes, wakeup, watcher);
  }

  private Watch open(WatchScope scope, List<Lane> lanes, Wakeup wakeup, Watch.Watcher watcher) {
    synchronized (this) {
      requireRoom();
      List<Lane> taken = new ArrayList<>();
      try {
        for (Lane lane : lanes) {
          follow(lane);
          taken.add(lane);
        }
      } catch (RuntimeException e) {
        taken.forEach(Lane::leave);
        throw e;
      }
      Watch[] self = new Watch[1];
      self[0] = new Watch(parts, watcher, scope, lanes, wakeup, () -> open.remove(self[0]));
      open.add(self[0]);
      return self[0];
    }
  }

  private void requireRoom() {
    if (closed) {
      throw new Unavailable(
          Unavailable.Reason.UNAVAILABLE, "the server is stopping; watch again in a moment");
    }
    if (open.size() >= WatchLimits.MAX_WATCHES) {
      throw new Unavailable(
          Unavailable.Reason.OVERLOADED,
          "this node has " + WatchLimits.MAX_WATCHES + " watches open; try again later",
          Map.of("limit", WatchLimits.MAX_WATCHES));
    }
  }

  private void follow(Lane lane) {
    int n = lane.partition().id().number();
    PartitionTail tail = tails[n];
    if (tail == null || !tail.add(lane)) {
      tail = new PartitionTail(lane.partition(), parts.rules(), parts.meters().reads());
      tail.add(lane);
      tails[n] = tail;
      followers.execute(tail);
    }
    lane.follow(tail);
  }

  private List<Lane> lanes(
      WatchScope scope, BucketSpaces.Space space, String after, Wakeup wakeup) {
    CursorTexts.Opened cursor = after == null ? null : sources.texts().open(after, scope);
    List<Lane> lanes = new ArrayList<>();
    if (space != null) {
      Partition home = sources.partitions().get(space.partition());
      long position = cursor == null ? home.head().cursor() : cursor.positions()[0];
      lanes.add(new Lane(scope, space, home, position, wakeup));
      if (cursor != null && cursor.partition() != home.id().number()) {
        // a bucket of this name lived elsewhere: this is another one
        throw expired(scope, lanes);
      }
    } else {
      int count = sources.partitions().count();
      if (cursor != null && cursor.positions().length != count) {
        throw new Invalid(
            Invalid.Reason.CURSOR, "the cursor belongs to a deployment with other partitions");
      }
      for (int n = 0; n < count; n++) {
        Partition partition = sources.partitions().get(new PartitionId(n));
        long position = cursor == null ? partition.head().cursor() : cursor.positions()[n];
        lanes.add(new Lane(scope, null, partition, position, wakeup));
      }
    }
    if (cursor != null) {
      lanes.forEach(lane -> requireGood(scope, lanes, lane, cursor.incarnation()));
    }
    return lanes;
  }

  private void requireGood(WatchScope scope, List<Lane> lanes, Lane lane, int incarnation) {
    PartitionHead head = lane.partition().head();
    int partition = lane.partition().id().number();
    if (lane.position() > sources.incarnations().goodThrough(partition, incarnation)
        || lane.position() < head.oldest() - 1) {
      throw expired(scope, lanes);
    }
    if (lane.position() > head.cursor()) {
      throw new Invalid(
          Invalid.Reason.CURSOR,
          "the cursor names a place that is not reached yet; use one this server gave out");
    }
  }

  private RuntimeException expired(WatchScope scope, List<Lane> lanes) {
    return Watch.expired(sources.texts(), scope, sources.texts().head(scope), lanes);
  }

  /** Ends every watch, so that each client can resume elsewhere; opens no more. */
  @Override
  public synchronized void close() {
    closed = true;
    open.forEach(Watch::stop);
  }
}
