package dev.anvil.objects.rules;

import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that ends locks. It follows the wall clock as long as that agrees with the monotonic
 * one: a wall clock that is set forward opens no lock. It never goes back, starts from where the
 * last process left it, and believes an absence of at most {@link #MAX_ABSENCE}; what is not
 * believed is a lead, which an administrator looks into and may confirm. Safe for any number of
 * threads.
 */
public final class LockClock {
  /** How far the wall clock may lead in a process: corrections of a synchronised clock. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** How long a node may have been off before its wall clock is doubted. */
  public static final Duration MAX_ABSENCE = Duration.ofDays(7);

  /** The monotonic clock may be slower than this share of it. */
  private static final int DRIFT_SHARE = 1_000;

  private final InstantSource wall;
  private final Ticker ticker;
  private Instant anchor;
  private long anchoredAt;
  private Instant trusted;

  private LockClock(InstantSource wall, Ticker ticker, Instant anchor) {
    this.wall = wall;
    this.ticker = ticker;
    anchor(anchor);
  }

  /** Believes the wall clock whatever it says: for worlds without a monotonic one. */
  public static LockClock believing(InstantSource wall) {
    return new LockClock(wall, null, Instant.MIN);
  }

  /**
   * Goes on from an earlier process.
   *
   * @param left what {@link #now} was when it was last kept; null in a new deployment
   */
  public static LockClock after(Instant left, InstantSource wall, Ticker ticker) {
    Instant now = wall.instant();
    if (left == null) {
      return new LockClock(wall, ticker, now);
    }
    boolean doubted = now.isAfter(left.plus(MAX_ABSENCE));
    return new LockClock(wall, ticker, doubted || now.isBefore(left) ? left : now);
  }

  private void anchor(Instant at) {
    anchor = at;
    trusted = at;
    anchoredAt = ticker == null ? 0 : ticker.nanos();
  }

  /** The time by which locks end. */
  public synchronized Instant now() {
    Instant says = wall.instant();
    if (ticker == null) {
      return says;
    }
    long elapsed = ticker.nanos() - anchoredAt;
    Instant limit = anchor.plusNanos(elapsed + elapsed / DRIFT_SHARE).plus(TOLERANCE);
    Instant believed = says.isAfter(limit) ? anchor.plusNanos(elapsed) : says;
    if (believed.isAfter(trusted)) {
      trusted = believed;
    }
    return trusted;
  }

  /** By how much the wall clock leads beyond what is believed; zero if it does not. */
  public synchronized Duration lead() {
    if (ticker == null) {
      return Duration.ZERO;
    }
    Duration lead = Duration.between(now(), wall.instant());
    return lead.compareTo(TOLERANCE) > 0 ? lead : Duration.ZERO;
  }

  /** Believes the wall clock as it is now, whatever was believed before. */
  public synchronized void confirm() {
    if (ticker != null) {
      anchor(wall.instant());
    }
  }
}
