package dev.anvil.features.watch;

import dev.anvil.journal.watch.BucketSpaces;
import dev.anvil.journal.watch.Delivery;
import dev.anvil.journal.watch.Watch;
import dev.anvil.journal.watch.WatchEvent;
import dev.anvil.ports.failure.Expired;
import dev.anvil.ports.testkit.WatchLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * A client of watches with a log: it disconnects at random, goes on from a cursor it has stored, an
 * event's or a heartbeat's, and starts a new log where retention has overtaken it.
 */
final class Follower implements Callable<Void> {
  private static final int SPELL = 60;
  private static final long PAUSE_NANOS = 2_000_000;

  private record Place(String cursor, int seen) {}

  private final Journals journals;
  private final Journals.Watched watched;
  private final SplittableRandom random;
  private final List<WatchEvent> log = new ArrayList<>();
  private Place place;
  private volatile boolean finish;
  private boolean rested;
  private int expiries;

  /**
   * One whose log begins at the head of now, whenever its thread gets to run.
   *
   * @param rests whether it stays away once until all it knew of is forgotten
   */
  Follower(Journals journals, Journals.Watched watched, SplittableRandom random, boolean rests) {
    this.journals = journals;
    this.watched = watched;
    this.random = random;
    this.rested = !rests;
    try (Watch watch = journals.open(watched, null)) {
      place = new Place(watch.next(Duration.ZERO, 1).completeThrough(), 0);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted before it began", e);
    }
  }

  void finish() {
    finish = true;
  }

  int expiries() {
    return expiries;
  }

  @Override
  public Void call() throws Exception {
    boolean done = false;
    while (!done) {
      boolean last = finish;
      log.subList(place.seen(), log.size()).clear();
      try (Watch watch = journals.open(watched, place.cursor())) {
        done = follow(watch, last);
        rested = rested || done || random.nextInt(3) == 0 && rest();
      } catch (Expired e) {
        expiries++;
        log.clear();
        place = new Place((String) e.fields().get("oldest"), 0);
      } catch (RuntimeException e) {
        if (!Journals.passing(e)) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return null;
  }

  private boolean rest() {
    List<Long> ends = journals.ends();
    while (!finish && !journals.forgot(ends)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  /** Whether it is at the end. */
  private boolean follow(Watch watch, boolean toTheEnd) throws InterruptedException {
    String commit = "";
    for (int i = 0; toTheEnd || i < random.nextInt(SPELL); i++) {
      Delivery delivery = watch.next(Duration.ofMillis(random.nextInt(20)), 1 + random.nextInt(9));
      for (WatchEvent event : delivery.events()) {
        log.add(event);
        if (random.nextInt(4) == 0) {
          place = new Place(event.cursor(), log.size());
        }
      }
      if (!delivery.events().isEmpty()) {
        if (delivery.events().getFirst().commit().equals(commit)) {
          throw new AssertionError("a commit was torn apart: " + commit);
        }
        commit = delivery.events().getLast().commit();
      } else if (random.nextBoolean()) {
        place = new Place(delivery.completeThrough(), log.size());
      }
      if (toTheEnd
          && delivery.events().isEmpty()
          && delivery.completeThrough().equals(delivery.head())) {
        return true;
      }
    }
    return false;
  }

  /** What is wrong with the log; null if nothing. */
  String fault() {
    for (int n = 0; n < Journals.PARTITIONS; n++) {
      List<String> seen = new ArrayList<>();
      for (WatchEvent event : log) {
        BucketSpaces.Space space = Journals.byPrefix().get(event.subject().substring(0, 2));
        if (space.partition().number() == n) {
          seen.add(event.subject());
        }
      }
      List<String> all = journals.expected(n, watched);
      // after an expiry the log begins somewhere; from there on it is whole all the same
      int from = expiries == 0 || seen.isEmpty() ? 0 : all.indexOf(seen.getFirst());
      if (expiries > 0 && seen.isEmpty()) {
        continue;
      }
      String fault = WatchLog.fault(all.subList(Math.max(0, from), all.size()), seen);
      if (fault != null) {
        return watched + " in partition " + n + ": " + fault;
      }
    }
    return null;
  }
}
