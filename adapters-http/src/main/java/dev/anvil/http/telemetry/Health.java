package dev.anvil.http.telemetry;

import java.time.Duration;
import java.util.List;

/** What the node says of itself; asked on every health request, so it answers from memory. */
public interface Health {
  /**
   * One thing that must work.
   *
   * @param name short and stable, for example {@code persist}
   * @param detail why not, or what was proved; for administrators only
   * @param age time since it was last proved
   */
  record Probe(String name, boolean ok, String detail, Duration age) {}

  /**
   * @param state starting, ready, recovering or draining
   * @param ready whether every probe is well and the state is ready
   */
  record Readiness(String state, boolean ready, List<Probe> probes) {}

  /** Whether this node can authorise, persist and resume; false while it drains. */
  Readiness readiness();

  /** Whether a load balancer should send requests here. */
  boolean traffic();
}
