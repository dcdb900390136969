package dev.anvil.http.admin;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.anvil.http.telemetry.Inspection;
import dev.anvil.ports.failure.Invalid;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What an operator looks at: logs of a request, leases, tasks, nodes, capacity. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class InspectionApi {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private final Inspection inspection;

  /** Of this node. */
  public InspectionApi(Inspection inspection) {
    this.inspection = inspection;
  }

  /** A line of a log, with its stream: access, anvil or audit. */
  public record LogLine(
      String stream, @JsonRawValue @Schema(implementation = Object.class) String entry) {}

  /** Lines, oldest first in each stream. */
  public record LogLines(List<LogLine> lines) {}

  /** Leases by duty. */
  public record Leases(List<Inspection.Lease> leases) {}

  /** Duties by kind. */
  public record Tasks(List<Inspection.Task> tasks) {}

  /** A node. */
  public record Node(
      String id,
      String version,
      String publicUrl,
      String managementUrl,
      int boot,
      String startedAt,
      String state,
      boolean ready) {}

  /** Nodes of the deployment. */
  public record Nodes(List<Node> nodes) {}

  /** Usage and growth of each family. */
  public record Capacity(
      String since, long freeBytes, long daysLeft, List<Inspection.Family> families) {}

  @GET
  @Path("v1/admin/logs")
  @Operation(
      summary =
          "Log lines of one request or trace, from the newest 16 MiB of each stream; a line is"
              + " there a moment after its answer")
  public LogLines readLogs(
      @QueryParam("requestId") String requestId, @QueryParam("traceId") String traceId) {
    String id = requestId == null ? traceId : requestId;
    boolean both = requestId != null && traceId != null;
    if (id == null || both || !ID.matcher(id).matches()) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "Give requestId or traceId, one of the two, as an answer or a log line has it.",
          Map.of());
    }
    return new LogLines(
        inspection.logLines(id).stream().map(l -> new LogLine(l.stream(), l.line())).toList());
  }

  @GET
  @Path("v1/admin/leases")
  @Operation(summary = "Leases of background duties, by duty")
  public Leases listLeases() {
    return new Leases(inspection.leases());
  }

  @GET
  @Path("v1/admin/tasks")
  @Operation(summary = "Background duties by kind, with their steps and silence")
  public Tasks listTasks() {
    return new Tasks(inspection.tasks());
  }

  @GET
  @Path("v1/admin/nodes")
  @Operation(summary = "Nodes of the deployment")
  public Nodes listNodes() {
    return new Nodes(
        inspection.nodes().stream()
            .map(n ->
                new Node(
                    n.id(),
                    n.version(),
                    n.publicUrl(),
                    n.managementUrl(),
                    n.boot(),
                    n.startedAt().toString(),
                    n.state(),
                    n.ready()))
            .toList());
  }

  @GET
  @Path("v1/admin/capacity")
  @Operation(summary = "Usage and growth of each family of resources")
  public Capacity readCapacity() {
    Inspection.Capacity c = inspection.capacity();
    return new Capacity(c.since().toString(), c.freeBytes(), c.daysLeft(), c.families());
  }
}
