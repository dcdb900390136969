package dev.anvil.http.admin;

import dev.anvil.http.route.Open;
import dev.anvil.http.telemetry.Health;
import dev.anvil.http.telemetry.PrometheusMeters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;

/** Liveness, readiness with its reasons, and metrics. */
@Path("/")
@Tag(name = "state")
public final class StateApi {
  private static final int UNAVAILABLE = 503;

  private final Health health;
  private final PrometheusMeters meters;

  /** Asks these. */
  public StateApi(Health health, PrometheusMeters meters) {
    this.health = health;
    this.meters = meters;
  }

  /** One probe; {@code ageMillis} is the time since it was last proved. */
  public record Probe(String name, boolean ok, String detail, long ageMillis) {}

  /** Readiness and why; {@code reasons} is empty while it is ready. */
  public record Readiness(String state, boolean ready, List<String> reasons, List<Probe> probes) {}

  @GET
  @Path("healthz")
  @Open
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(summary = "The process answers")
  public String liveness() {
    return "ok\n";
  }

  @GET
  @Path("readyz")
  @Open
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Whether this node can do its work, probe by probe; 503 while it cannot")
  public Response readiness() {
    Health.Readiness now = health.readiness();
    List<Probe> probes =
        now.probes().stream()
            .map(p -> new Probe(p.name(), p.ok(), p.detail(), p.age().toMillis()))
            .toList();
    return Response.status(now.ready() ? Response.Status.OK.getStatusCode() : UNAVAILABLE)
        .header("Cache-Control", "no-store")
        .entity(new Readiness(now.state(), now.ready(), reasons(now), probes))
        .build();
  }

  private static List<String> reasons(Health.Readiness now) {
    List<String> reasons = new ArrayList<>();
    if (!now.ready() && now.probes().stream().allMatch(Health.Probe::ok)) {
      reasons.add("the node is " + now.state());
    }
    for (Health.Probe probe : now.probes()) {
      if (!probe.ok()) {
        reasons.add(probe.name() + ": " + probe.detail());
      }
    }
    return reasons;
  }

  @GET
  @Path("metrics")
  @Open
  @Produces("text/plain; version=0.0.4; charset=utf-8")
  @Operation(summary = "All meters in Prometheus' text format")
  public String metrics() {
    return meters.text();
  }
}
