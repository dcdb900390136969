package dev.anvil.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.duties.HeldLease;
import dev.anvil.ports.duties.HeldLease.Renewal;
import dev.anvil.ports.duties.Leases;
import dev.anvil.ports.failure.StaleFence;
import dev.anvil.waist.GroupCommitPartition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What every giver of leases keeps, as two seekers see it. Time passes by {@link #ticker} alone.
 */
public abstract class LeasesContract {
  private static final DutyName BACKUP = new DutyName("backup");
  private static final DutyName SWEEP = new DutyName("sweep/3");
  private static final int RACERS = 8;

  /** Clock of every seeker of a test. */
  protected final ManualTicker ticker = new ManualTicker();

  /** One of two seekers, 0 or 1; the same for the same number. */
  protected abstract Leases seeker(int number);

  /** The first seeker after a restart of whoever gives leases. */
  protected abstract Leases restarted();

  private HeldLease taken(int seeker, DutyName duty) {
    return taken(seeker(seeker), duty);
  }

  private static HeldLease taken(Leases leases, DutyName duty) {
    AtomicReference<HeldLease> found = new AtomicReference<>();
    Waiting.until(
        duty + " is taken",
        () -> {
          leases.take(duty).ifPresent(found::set);
          return found.get() != null;
        });
    return found.get();
  }

  @Test
  void oneHolderAtATime() {
    HeldLease first = taken(0, BACKUP);
    assertThat(first.renew()).isEqualTo(Renewal.HELD);
    assertThat(first.held()).isTrue();
    first.check();
    assertThat(seeker(1).take(BACKUP)).isEmpty();
    assertThat(seeker(0).take(BACKUP)).isEmpty();
    assertThat(taken(1, SWEEP).held()).as("another duty is another's").isTrue();
  }

  @Test
  void whatIsGivenBackIsTakenAtOnceWithAGreaterToken() {
    HeldLease first = taken(0, BACKUP);
    first.release();
    assertThat(first.held()).isFalse();
    assertThat(first.renew()).isEqualTo(Renewal.LOST);
    assertThatThrownBy(first::check).isInstanceOf(StaleFence.class);
    HeldLease second = taken(1, BACKUP);
    assertThat(second.token()).isGreaterThan(first.token());
    first.release();
    assertThat(second.renew()).as("giving back twice harms nobody").isEqualTo(Renewal.HELD);
  }

  @Test
  void whoRenewsKeepsIt() {
    HeldLease first = taken(0, BACKUP);
    Duration third = seeker(0).ttl().dividedBy(3);
    for (int i = 0; i < 12; i++) {
      assertThat(first.renew()).isEqualTo(Renewal.HELD);
      assertThat(seeker(1).take(BACKUP)).isEmpty();
      ticker.advance(third.minusMillis(1));
    }
    assertThat(first.held()).isTrue();
  }

  @Test
  void whoFallsSilentIsReplacedAndFencedOff() {
    GroupCommitPartition partition = TestPartitions.inMemory();
    HeldLease silent = taken(0, BACKUP);
    write(partition, silent);
    assertThat(seeker(1).take(BACKUP)).isEmpty();
    ticker.advance(seeker(1).ttl());
    assertThat(silent.held()).isFalse();
    HeldLease next = taken(1, BACKUP);
    assertThat(next.token()).isGreaterThan(silent.token());
    write(partition, next);
    assertThatThrownBy(() -> write(partition, silent)).isInstanceOf(StaleFence.class);
    assertThat(silent.renew()).isEqualTo(Renewal.LOST);
    silent.release();
    assertThat(next.renew()).isEqualTo(Renewal.HELD);
    write(partition, next);
    partition.close();
  }

  @Test
  void tokensGrowOverRestarts() {
    long before = taken(0, BACKUP).token();
    Leases again = restarted();
    ticker.advance(again.ttl());
    assertThat(taken(again, BACKUP).token()).isGreaterThan(before);
  }

  @Test
  void ofManyWhoSeekAtOnceOneGetsIt() throws Exception {
    seeker(0);
    seeker(1);
    for (int round = 0; round < 5; round++) {
      DutyName duty = new DutyName("race/" + round);
      CyclicBarrier start = new CyclicBarrier(RACERS);
      List<HeldLease> winners = new CopyOnWriteArrayList<>();
      List<Thread> threads = new CopyOnWriteArrayList<>();
      for (int i = 0; i < RACERS; i++) {
        int number = i % 2;
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    start.await(20, TimeUnit.SECONDS);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                  seeker(number).take(duty).ifPresent(winners::add);
                }));
      }
      for (Thread t : threads) {
        assertThat(t.join(Duration.ofSeconds(20))).isTrue();
      }
      assertThat(winners).as("holders of " + duty).hasSizeLessThanOrEqualTo(1);
      if (winners.isEmpty()) {
        // all met another's transaction; the next look decides
        winners.add(taken(0, duty));
      }
      assertThat(winners.getFirst().held()).isTrue();
    }
  }

  @Test
  void anOperatorSeesWhatIsHeldHere() {
    HeldLease first = taken(0, BACKUP);
    first.renew();
    assertThat(seeker(0).view())
        .singleElement()
        .satisfies(v -> {
          assertThat(v.duty()).isEqualTo(BACKUP);
          assertThat(v.token()).isEqualTo(first.token());
          assertThat(v.steps()).isEqualTo(1);
          assertThat(v.held()).isTrue();
        });
    first.release();
    assertThat(seeker(0).view()).isEmpty();
  }

  private static void write(GroupCommitPartition partition, HeldLease lease) {
    partition.write(tx -> {
      Fences.check(tx, BACKUP.value(), lease.token());
      return null;
    });
  }
}
