package dev.anvil.objects.lock;

import dev.anvil.journal.Finding;
import dev.anvil.journal.FindingSink;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.rules.LockClock;
import dev.anvil.ports.duties.Fences;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Keeps the clock of locks, so that the next process goes on from it, and files a finding when the
 * wall clock leads: locks then hold on, until an administrator confirms the wall clock.
 */
public final class KeepLockClock {
  /** Name of the duty. */
  public static final String DUTY = "lock-clock";

  /** By how much the clock has moved on before it is kept again. */
  static final Duration PERIOD = Duration.ofMinutes(10);

  private final ObjectServices services;
  private final FindingSink findings;

  /** Works on these services. */
  public KeepLockClock(ObjectServices services, FindingSink findings) {
    this.services = services;
    this.findings = findings;
  }

  /**
   * One step.
   *
   * @param token fencing token of the holder
   * @return false: it is done until its period is over
   */
  public boolean step(long token) {
    LockClock clock = services.guards().clock();
    Duration lead = clock.lead();
    Instant now = clock.now();
    if (!lead.isZero()) {
      findings.file(
          new Finding(
              "wall-clock-lead",
              "clock of locks, " + now.truncatedTo(ChronoUnit.DAYS),
              now.toString(),
              services.clock().instant().toString(),
              "locks go by the time expected; correct the wall clock, or confirm it with"
                  + " `anvil admin lock-clock confirm`",
              services.clock().instant()));
    }
    Instant left = LockTime.left(services.partitions().directory());
    if (left == null || now.isAfter(left.plus(PERIOD))) {
      services
          .partitions()
          .directory()
          .write(tx -> {
            Fences.check(tx, DUTY, token);
            LockTime.keep(tx, now);
            return null;
          });
    }
    return false;
  }
}
