package dev.anvil.app.node;

import dev.anvil.app.home.StorageHome;
import dev.anvil.app.logs.LogSearch;
import dev.anvil.http.telemetry.Health;
import dev.anvil.http.telemetry.Inspection;
import dev.anvil.ports.duties.LeaseView;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What administrators see of this node. */
final class NodeInspection implements Inspection {
  private final StorageHome home;
  private final Health health;
  private final LogSearch logs;
  private final CapacityMeter capacity;
  private final Supplier<List<LeaseView>> leases;
  private final Instant startedAt;
  private volatile URI publicUrl = URI.create("");
  private volatile URI managementUrl = URI.create("");

  NodeInspection(
      StorageHome home,
      Health health,
      LogSearch logs,
      CapacityMeter capacity,
      Supplier<List<LeaseView>> leases,
      Instant startedAt) {
    this.home = home;
    this.health = health;
    this.logs = logs;
    this.capacity = capacity;
    this.leases = leases;
    this.startedAt = startedAt;
  }

  /** Once the listeners have their ports. */
  void listensAt(URI open, URI management) {
    publicUrl = open;
    managementUrl = management;
  }

  @Override
  public List<LogLine> logLines(String id) {
    return logs.of(id).stream().map(f -> new LogLine(f.stream(), f.line())).toList();
  }

  @Override
  public List<Lease> leases() {
    List<Lease> all = new ArrayList<>();
    for (LeaseView view : leases.get()) {
      all.add(
          new Lease(
              view.duty().value(),
              Long.toHexString(view.token()),
              NodeCluster.nodeId(home.identity().deploymentId()),
              view.steps(),
              view.sinceRenewed().toMillis(),
              view.held()));
    }
    return all;
  }

  @Override
  public List<Task> tasks() {
    Map<String, Task> kinds = new TreeMap<>();
    for (LeaseView view : leases.get()) {
      String kind = kind(view);
      Task one = new Task(kind, 1, view.steps(), view.sinceRenewed().toMillis());
      kinds.merge(kind, one, NodeInspection::together);
    }
    return List.copyOf(kinds.values());
  }

  /** The part of a duty's name before its partition. */
  static String kind(LeaseView view) {
    String name = view.duty().value();
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  private static Task together(Task a, Task b) {
    return new Task(
        a.kind(),
        a.duties() + b.duties(),
        a.steps() + b.steps(),
        Math.max(a.longestSilenceMillis(), b.longestSilenceMillis()));
  }

  @Override
  public List<Node> nodes() {
    Health.Readiness now = health.readiness();
    return List.of(
        new Node(
            NodeCluster.nodeId(home.identity().deploymentId()),
            NodeVersion.TEXT,
            publicUrl.toString(),
            managementUrl.toString(),
            home.boot().count(),
            startedAt,
            now.state(),
            now.ready()));
  }

  @Override
  public Capacity capacity() {
    return capacity.capacity();
  }
}
