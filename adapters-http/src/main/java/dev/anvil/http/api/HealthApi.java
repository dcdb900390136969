package dev.anvil.http.api;

import dev.anvil.http.route.Open;
import dev.anvil.http.telemetry.Health;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Health as the public may see it: yes or no, without detail. */
@Path("/")
@Tag(name = "health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthApi {
  private static final int UNAVAILABLE = 503;

  private final Health health;

  /** Asks this. */
  public HealthApi(Health health) {
    this.health = health;
  }

  /**
   * @param state starting, ready, recovering or draining
   * @param ready the short answer
   */
  public record State(String state, boolean ready) {}

  @GET
  @Path("v1/health/ready")
  @Open
  @Operation(summary = "Whether this node can authorise, persist and serve; 503 while it cannot")
  public Response ready() {
    Health.Readiness now = health.readiness();
    return answer(now.ready(), now.state());
  }

  @GET
  @Path("v1/health/traffic")
  @Open
  @Operation(summary = "Whether a load balancer should send requests here; 503 otherwise")
  public Response traffic() {
    return answer(health.traffic(), health.readiness().state());
  }

  private static Response answer(boolean well, String state) {
    return Response.status(well ? Response.Status.OK.getStatusCode() : UNAVAILABLE)
        .header("Cache-Control", "no-store")
        .entity(new State(state, well))
        .build();
  }
}
