package dev.anvil.features.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.testkit.Running;
import dev.anvil.ports.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Whatever the engine: under concurrent writers, restarts and retention every watch sees every
 * entry it asks for, in order, once, whole commits at a time, and resumes from every cursor it was
 * given.
 */
abstract class WatchContract {
  private static final int WRITERS = 5;
  private static final int RESTARTS = 3;
  private static final int COMMITS_BETWEEN = 120;
  private static final long PAUSE_NANOS = 3_000_000;

  /** An engine whose state outlives a restart. */
  abstract Backend backend();

  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong ids = new AtomicLong();

  @Test
  void everyLogIsTheJournal() {
    Seeds.fixed(random -> assertThat(run(random, Integer.MAX_VALUE)).isZero());
  }

  @Test
  void underRetentionALogIsTheJournalFromWhereItBegan() {
    Seeds.fixed(random -> assertThat(run(random, 40)).as("expired cursors").isGreaterThan(5));
  }

  /** Expiries met. */
  private int run(SplittableRandom random, int keep) {
    try (Journals journals = new Journals(backend())) {
      List<Follower> followers = followers(journals, random, keep < Integer.MAX_VALUE);
      List<Running<Void>> reading =
          followers.stream().map(f -> Running.<Void>start(f::call)).toList();
      List<Running<Void>> writing = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        SplittableRandom own = random.split();
        writing.add(Running.start(() -> write(journals, own)));
      }
      for (int i = 0; i <= RESTARTS; i++) {
        awaitCommits(journals, (long) COMMITS_BETWEEN * (i + 1), keep);
        if (i < RESTARTS) {
          journals.restart();
        }
      }
      stop.set(true);
      writing.forEach(Running::get);
      followers.forEach(Follower::finish);
      reading.forEach(Running::get);
      for (int n = 0; n < Journals.PARTITIONS; n++) {
        journals.note(n, keep);
      }
      assertThat(followers).extracting(Follower::fault).containsOnlyNulls();
      return followers.stream().mapToInt(Follower::expiries).sum();
    }
  }

  private static List<Follower> followers(
      Journals journals, SplittableRandom random, boolean rest) {
    List<Follower> followers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      for (Journals.Watched watched :
          List.of(
              new Journals.Watched(Journals.SPACES.get(0), ""),
              new Journals.Watched(Journals.SPACES.get(1), ""),
              new Journals.Watched(Journals.SPACES.get(1), "b/x"),
              new Journals.Watched(null, ""))) {
        followers.add(new Follower(journals, watched, random.split(), rest));
      }
    }
    return followers;
  }

  private Void write(Journals journals, SplittableRandom random) {
    String[] prefixes = {"a/", "b/", "c/"};
    while (!stop.get()) {
      int space = random.nextInt(Journals.SPACES.size());
      List<String> keys = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        keys.add(prefixes[space] + (random.nextBoolean() ? "x" : "y") + ids.incrementAndGet());
      }
      try {
        journals.commit(Journals.SPACES.get(space), keys);
        commits.incrementAndGet();
      } catch (RuntimeException e) {
        if (!Journals.passing(e)) {
          throw e;
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return null;
  }

  private void awaitCommits(Journals journals, long count, int keep) {
    long bound = System.nanoTime() + 20_000_000_000L;
    while (commits.get() < count) {
      assertThat(System.nanoTime()).as("%d commits in time", count).isLessThan(bound);
      for (int n = 0; n < Journals.PARTITIONS; n++) {
        journals.note(n, keep);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
