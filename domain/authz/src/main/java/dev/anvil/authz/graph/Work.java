package dev.anvil.authz.graph;

import dev.anvil.authz.limits.AuthzLimits.QuestionLimits;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;

/** What a question has cost; ends it when a bound is passed. One thread. */
public final class Work {
  private static final int LOOK = 0xFF;

  private final QuestionLimits limits;
  private final Ticker ticker;
  private final long started;
  private final Duration time;
  private final int maxNodes;
  private int nodes;
  private int tuples;
  private int steps;
  private int runs;
  private int deepest;

  /** Starts the clock of one question. */
  public Work(QuestionLimits limits, Ticker ticker) {
    this(limits, ticker, limits.time(), limits.nodes());
  }

  private Work(QuestionLimits limits, Ticker ticker, Duration time, int maxNodes) {
    this.limits = limits;
    this.ticker = ticker;
    this.started = ticker.nanos();
    this.time = time;
    this.maxNodes = maxNodes;
  }

  /** Starts the clock of one page of a list. */
  public static Work page(QuestionLimits limits, Ticker ticker) {
    return new Work(limits, ticker, limits.pageTime(), limits.pageNodes());
  }

  /** Starts the clock of a walk over all that names a subject in the server's own resources. */
  public static Work roots(QuestionLimits limits, Ticker ticker) {
    return new Work(limits, ticker, limits.pageTime(), 2 * limits.roots());
  }

  /** The bounds. */
  public QuestionLimits limits() {
    return limits;
  }

  Ticker ticker() {
    return ticker;
  }

  /** Nodes looked at. */
  public int nodes() {
    return nodes;
  }

  /** Tuples read. */
  public int tuples() {
    return tuples;
  }

  /** Greatest depth met. */
  public int deepest() {
    return deepest;
  }

  /** Caveats evaluated. */
  public int caveatRuns() {
    return runs;
  }

  /** Whether the time is over. */
  public boolean spent() {
    return ticker.nanos() - started > time.toNanos();
  }

  /** Counts one more question of a page. */
  public void pass() {
    node(0);
  }

  void node(int depth) {
    deepest = Math.max(deepest, depth);
    if (++nodes > maxNodes) {
      throw Fault.limit("nodes", maxNodes);
    }
    step();
  }

  /** Counts one more tuple. */
  public void tuple() {
    int most = maxNodes > limits.nodes() ? limits.tuples() * 10 : limits.tuples();
    if (++tuples > most) {
      throw Fault.limit("tuples", most);
    }
    step();
  }

  void run() {
    if (++runs > limits.caveatRuns()) {
      throw Fault.limit("caveatRuns", limits.caveatRuns());
    }
  }

  void step() {
    if ((++steps & LOOK) == 0 && ticker.nanos() - started > time.toNanos()) {
      throw Fault.limit("timeMillis", time.toMillis());
    }
  }
}
