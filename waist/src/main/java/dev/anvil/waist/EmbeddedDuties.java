package dev.anvil.waist;

import dev.anvil.ports.duties.Duties;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.Registration;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/**
 * The duties of a single node: leases in memory, tokens that grow over restarts because they start
 * with the node's boot count. Each registration has a thread of its own that rests almost always.
 */
public final class EmbeddedDuties implements Duties, AutoCloseable {
  /** Named bounds of the embedded duties. */
  public static final class Limits {
    /** Life of a lease since its last renewal; a step must end within a third of it. */
    public static final Duration TASK_LEASE_TTL = Duration.ofSeconds(30);

    /** Rest after the first failure of a duty; doubles with each further one. */
    public static final Duration FIRST_BACKOFF = Duration.ofMillis(500);

    /** Longest rest after a failure. */
    public static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);

    private Limits() {}
  }

  /**
   * How fast holders are replaced and failures tried again.
   *
   * @param leaseTtl life of a lease since its last renewal
   * @param firstBackoff rest after the first failure
   */
  public record Pace(Duration leaseTtl, Duration firstBackoff) {}

  private final LeaseTable leases;
  private final ThreadFactory threads;
  private final Incidents incidents;
  private final Duration firstBackoff;
  private final List<DutyLoop> loops = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * With the standard back-off.
   *
   * @param generation boot count of the node, at least 1, below 2^31
   * @param ticker time of leases
   * @param threads makes the thread of each duty, unstarted
   * @param incidents told of failing steps
   */
  public EmbeddedDuties(
      long generation, Ticker ticker, ThreadFactory threads, Incidents incidents) {
    this(
        generation,
        new Pace(Limits.TASK_LEASE_TTL, Limits.FIRST_BACKOFF),
        ticker,
        threads,
        incidents);
  }

  /** As above at another pace. */
  public EmbeddedDuties(
      long generation, Pace pace, Ticker ticker, ThreadFactory threads, Incidents incidents) {
    this.leases = new LeaseTable(generation, pace.leaseTtl(), ticker);
    this.threads = threads;
    this.incidents = incidents;
    this.firstBackoff = pace.firstBackoff();
  }

  @Override
  public Registration seek(DutyName name, Duration period, Duty duty) {
    if (closed) {
      throw new IllegalStateException("the duties of this node have ended");
    }
    DutyLoop loop =
        new DutyLoop(name, period, duty, leases, incidents, firstBackoff, loops::remove);
    loops.add(loop);
    loop.start(threads);
    return loop;
  }

  /** Every lease held now, by name. */
  public List<LeaseView> leases() {
    return leases.view();
  }

  /** Ends all duties: running steps finish, waits at most a step each. */
  @Override
  public void close() {
    closed = true;
    loops.forEach(DutyLoop::ask);
    loops.forEach(DutyLoop::close);
  }
}
