package dev.anvil.app.node;

import dev.anvil.http.telemetry.Health;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * What the node says of itself. Probes run in the background and are answered from memory; one that
 * was not proved for a while counts as failed, so a probe that hangs is no good news either.
 */
final class NodeHealth implements Health {
  /** Age at which a proof no longer counts. */
  static final Duration STALE = Duration.ofSeconds(30);

  private static final Set<String> COORDINATION = Set.of("cluster", "lease");

  private record Proof(boolean ok, String detail, long atNanos) {}

  private record LeaseSeen(long token, long atNanos) {}

  private final Ticker ticker;
  private final Map<String, Callable<String>> probes = new LinkedHashMap<>();
  private final Map<String, Proof> proofs = new LinkedHashMap<>();
  private String state = "starting";
  private LeaseSeen lease;

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

  /** A duty ran under this token just now: the leases of this node stand. */
  synchronized void leaseSeen(long token) {
    lease = new LeaseSeen(token, ticker.nanos());
  }

  /** What the lease seen last proves; throws when it is too long ago. */
  synchronized String lease() {
    if (lease == null) {
      return "the first lease is being sought";
    }
    long seconds = Duration.ofNanos(ticker.nanos() - lease.atNanos()).toSeconds();
    if (seconds > STALE.toSeconds()) {
      throw new IllegalStateException("no duty could renew its lease for " + seconds + " s");
    }
    return "a duty ran under token " + Long.toHexString(lease.token());
  }

  /** Names of all probes, in order. */
  synchronized List<String> names() {
    return List.copyOf(probes.keySet());
  }

  /** Runs every probe once. */
  void proveAll() {
    names().forEach(this::prove);
  }

  /** Runs one probe. */
  void prove(String name) {
    Callable<String> probe;
    synchronized (this) {
      probe = probes.get(name);
    }
    Proof proof = proof(probe);
    synchronized (this) {
      proofs.put(name, proof);
    }
  }

  private Proof proof(Callable<String> probe) {
    try {
      return new Proof(true, probe.call(), ticker.nanos());
    } catch (Exception e) {
      String cause = e.getCause() == null ? "" : " (" + said(e.getCause()) + ")";
      return new Proof(false, said(e) + cause, ticker.nanos());
    }
  }

  private static String said(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
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
      return new Probe(name, false, "last tried " + age.toSeconds() + " s ago", age);
    }
    return new Probe(name, proof.ok(), proof.detail(), age);
  }

  /** Whether to send requests here: a node cut off from coordination still serves all of them. */
  @Override
  public boolean traffic() {
    Readiness now = readiness();
    return (now.state().equals("ready") || now.state().equals("recovering"))
        && now.probes().stream().allMatch(p -> p.ok() || COORDINATION.contains(p.name()));
  }
}
