package dev.anvil.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.duties.Registration;
import dev.anvil.ports.failure.StaleFence;
import dev.anvil.waist.EmbeddedLeases;
import dev.anvil.waist.GroupCommitPartition;
import dev.anvil.waist.LeasedDuties;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class LeasedDutiesTest {
  private static final DutyName SWEEP = new DutyName("sweep/3");
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualTicker ticker = new ManualTicker();
  private final List<String> incidents = new CopyOnWriteArrayList<>();
  private final LeasedDuties duties = duties(7);

  private LeasedDuties duties(long generation) {
    return new LeasedDuties(
        new EmbeddedLeases(generation, EmbeddedLeases.TASK_LEASE_TTL, ticker),
        Duration.ofMillis(1),
        Thread.ofVirtual().factory(),
        (what, cause) -> incidents.add(what + ": " + cause));
  }

  @AfterEach
  void close() {
    duties.close();
  }

  @Test
  void stepsWhileThereIsMoreAndRestsForThePeriod() {
    AtomicInteger steps = new AtomicInteger();
    List<Long> tokens = new CopyOnWriteArrayList<>();
    duties.seek(
        SWEEP,
        HOUR,
        lease -> {
          tokens.add(lease.token());
          lease.check();
          return steps.incrementAndGet() < 5;
        });
    Waiting.until("five steps are done", () -> steps.get() == 5);
    assertThat(tokens).containsOnly(7L << 32 | 1);
    assertThat(duties.leases())
        .singleElement()
        .satisfies(v -> {
          assertThat(v.duty()).isEqualTo(SWEEP);
          assertThat(v.held()).isTrue();
          assertThat(v.steps()).isPositive();
        });
  }

  @Tag("verify")
  @Test
  void anotherSeekerWaitsUntilTheFirstEndsAndGetsAGreaterToken() {
    List<String> log = new CopyOnWriteArrayList<>();
    Registration first =
        duties.seek(SWEEP, Duration.ofMillis(1), l -> !log.add("first " + (l.token() & 0xFFFF)));
    Waiting.until("the first steps", () -> log.contains("first 1"));
    duties.seek(SWEEP, HOUR, l -> !log.add("second " + (l.token() & 0xFFFF)));
    assertThat(log).doesNotContain("second 2");
    first.close();
    long steps = log.stream().filter(s -> s.startsWith("first")).count();
    Waiting.until("the second steps", () -> log.contains("second 2"));
    assertThat(log.stream().filter(s -> s.startsWith("first")).count()).isEqualTo(steps);
  }

  @Test
  void aStepThatOutlivesItsLeaseIsFencedOff() throws Exception {
    GroupCommitPartition partition = TestPartitions.inMemory();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Lease[] stale = new Lease[1];
    AtomicInteger outcome = new AtomicInteger();
    duties.seek(
        SWEEP,
        HOUR,
        lease -> {
          if (stale[0] == null) {
            stale[0] = lease;
            inside.countDown();
            Waiting.until("it may go on", () -> goOn.getCount() == 0);
            try {
              fencedWrite(partition, lease);
            } catch (StaleFence e) {
              outcome.incrementAndGet();
            }
            lease.check();
          }
          return false;
        });
    inside.await();
    AtomicInteger second = new AtomicInteger();
    ticker.advance(EmbeddedLeases.TASK_LEASE_TTL);
    assertThat(stale[0].held()).isFalse();
    duties.seek(
        SWEEP,
        HOUR,
        lease -> {
          fencedWrite(partition, lease);
          second.incrementAndGet();
          return false;
        });
    Waiting.until("the second holder wrote", () -> second.get() == 1);
    goOn.countDown();
    Waiting.until("the first was refused", () -> outcome.get() == 1);
    Waiting.until("the loss is told", () -> incidents.toString().contains("lost its lease"));
    partition.close();
  }

  private static void fencedWrite(GroupCommitPartition partition, Lease lease) {
    partition.write(tx -> {
      Fences.check(tx, SWEEP.value(), lease.token());
      return null;
    });
  }

  @Test
  void aFailingStepIsToldAndTriedAgain() {
    AtomicInteger steps = new AtomicInteger();
    duties.seek(
        SWEEP,
        HOUR,
        lease -> {
          if (steps.incrementAndGet() < 4) {
            throw new IllegalStateException("planned " + steps.get());
          }
          return false;
        });
    Waiting.until("the fourth step", () -> steps.get() == 4);
    assertThat(incidents).hasSize(3).allMatch(i -> i.contains("sweep/3") && i.contains("planned"));
  }

  @Test
  void closingLetsTheStepFinishAndStartsNoOther() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    Registration r =
        duties.seek(
            SWEEP,
            HOUR,
            lease -> {
              inside.countDown();
              Waiting.until("a little later", () -> !Thread.currentThread().isInterrupted());
              done.incrementAndGet();
              return true;
            });
    inside.await();
    r.close();
    int after = done.get();
    assertThat(after).isPositive();
    assertThat(duties.leases()).isEmpty();
    duties.close();
    assertThat(done.get()).isEqualTo(after);
    assertThatThrownBy(() -> duties.seek(SWEEP, HOUR, l -> false))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tokensGrowOverBoots() {
    AtomicInteger steps = new AtomicInteger();
    long[] token = new long[1];
    LeasedDuties next = duties(8);
    next.seek(
        SWEEP,
        HOUR,
        lease -> {
          token[0] = lease.token();
          steps.incrementAndGet();
          return false;
        });
    Waiting.until("it steps", () -> steps.get() == 1);
    next.close();
    assertThat(token[0]).isGreaterThan(7L << 32 | 0xFFFF_FFFFL);
  }
}
