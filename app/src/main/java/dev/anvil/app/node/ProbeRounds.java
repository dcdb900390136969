package dev.anvil.app.node;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Proves the node's health round by round, more often while it is not well. Each probe has a thread
 * of its own, and a new one only when the last ended: one that hangs does not keep the others.
 */
final class ProbeRounds implements AutoCloseable {
  private static final int FASTER_WHEN_ILL = 5;

  private final NodeHealth health;
  private final Duration period;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  private ProbeRounds(NodeHealth health, Duration period) {
    this.health = health;
    this.period = period;
  }

  static ProbeRounds start(NodeHealth health, Duration period) {
    ProbeRounds rounds = new ProbeRounds(health, period);
    Thread.ofVirtual().name("anvil-probes").start(rounds::run);
    return rounds;
  }

  private void run() {
    try {
      while (!closed.await(rest().toNanos(), TimeUnit.NANOSECONDS)) {
        health.names().forEach(this::prove);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration rest() {
    boolean well = health.readiness().probes().stream().allMatch(p -> p.ok());
    return well ? period : period.dividedBy(FASTER_WHEN_ILL);
  }

  private void prove(String name) {
    if (running.add(name)) {
      Thread.ofVirtual()
          .name("anvil-probe-" + name)
          .start(() -> {
            try {
              health.prove(name);
            } finally {
              running.remove(name);
            }
          });
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
