package dev.anvil.waist;

import dev.anvil.ports.duties.Duties;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.LeaseView;
import dev.anvil.ports.duties.Leases;
import dev.anvil.ports.duties.Registration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/**
 * The duties of this process, under leases from wherever they are given. Each registration has a
 * thread of its own that rests almost always.
 */
public final class LeasedDuties implements Duties, AutoCloseable {
  /** Rest after the first failure of a duty; doubles with each further one. */
  public static final Duration FIRST_BACKOFF = Duration.ofMillis(500);

  /** Longest rest after a failure. */
  public static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);

  private final Leases leases;
  private final ThreadFactory threads;
  private final Incidents incidents;
  private final Duration firstBackoff;
  private final List<DutyLoop> loops = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * Without duties yet.
   *
   * @param firstBackoff rest after the first failure, usually {@link #FIRST_BACKOFF}
   * @param threads makes the thread of each duty, unstarted
   * @param incidents told of failing steps
   */
  public LeasedDuties(
      Leases leases, Duration firstBackoff, ThreadFactory threads, Incidents incidents) {
    this.leases = leases;
    this.firstBackoff = firstBackoff;
    this.threads = threads;
    this.incidents = incidents;
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
