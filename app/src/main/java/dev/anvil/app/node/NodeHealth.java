package dev.anvil.app.node;

import dev.anvil.http.telemetry.Health;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * What the node says of itself. Probes run in the background and are answered from memory; one that
 * was not proved for a while counts as failed.
 */
final class NodeHealth implements Health {
  /** Age at which a proof no longer counts. */
  static final Duration STALE = Duration.ofSeconds(30);

  private record Proof(boolean ok, String detail, long atNanos) {}

  private final Ticker ticker;
  private final Map<String, Callable<String>> probes = new LinkedHashMap<>();
  private final Map<String, Proof> proofs = new LinkedHashMap<>();
  private String state = "starting";

  NodeHealth(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Adds a probe: it returns what it proved, or throws why not. */
  synchronized void probe(String name, Callable<String> probe) {
    probes.put(name, probe);
  }

  synchronized void state(String next) {
    state = next;
  }

  /** Runs every probe once. */
  void proveAll() {
    Map<String, Callable<String>> due;
    synchronized (this) {
      due = new LinkedHashMap<>(probes);
    }
    due.forEach((name, probe) -> {
      Proof proof = prove(probe);
      synchronized (this) {
        proofs.put(name, proof);
      }
    });
  }

  private Proof prove(Callable<String> probe) {
    try {
      return new Proof(true, probe.call(), ticker.nanos());
    } catch (Exception e) {
      return new Proof(false, String.valueOf(e.getMessage()), ticker.nanos());
    }
  }

  @Override
  public synchronized Readiness readiness() {
    List<Probe> list = new ArrayList<>();
    boolean well = true;
    for (String name : probes.keySet()) {
      Probe probe = probe(name, proofs.get(name));
      well &= probe.ok();
      list.add(probe);
    }
    String shown = state.equals("ready") && !well ? "recovering" : state;
    return new Readiness(shown, well && state.equals("ready"), list);
  }

  private Probe probe(String name, Proof proof) {
    if (proof == null) {
      return new Probe(name, false, "not proved yet", Duration.ZERO);
    }
    Duration age = Duration.ofNanos(ticker.nanos() - proof.atNanos());
    if (age.compareTo(STALE) > 0) {
      return new Probe(name, false, "last proved " + age.toSeconds() + " s ago", age);
    }
    return new Probe(name, proof.ok(), proof.detail(), age);
  }

  @Override
  public boolean traffic() {
    return readiness().ready();
  }
}
