package dev.anvil.http.admin;

import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.objects.notify.DeleteTarget;
import dev.anvil.objects.notify.ListDeadMessages;
import dev.anvil.objects.notify.ListTargets;
import dev.anvil.objects.notify.PutTarget;
import dev.anvil.objects.notify.RetryDeadMessages;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Targets of notifications, and what they did not take. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class NotificationsApi {
  private final UseCases.Upkeep upkeep;

  /** On these use cases. */
  public NotificationsApi(UseCases.Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  /** Where a target's messages go; without a tenant every tenant's buckets may name it. */
  public record NewTarget(String url, String tenant) {}

  /** A target; its secret is shown when it is put, and never again. */
  public record TargetDocument(
      String name, String arn, String url, String tenant, String createdAt, String secret) {
    static TargetDocument of(dev.anvil.objects.notify.Target t, String secret) {
      return new TargetDocument(
          t.name(), t.arn(), t.url().toString(), t.tenant(), t.createdAt().toString(), secret);
    }

    @Override
    public String toString() {
      return "TargetDocument[" + arn + "]";
    }
  }

  /** All targets. */
  public record TargetList(List<TargetDocument> targets) {}

  /** A message that was given up. */
  public record DeadLetter(
      String place, String arn, int attempts, String changedAt, String failure, String body) {
    static DeadLetter of(ListDeadMessages.Dead d) {
      return new DeadLetter(
          d.place(),
          d.message().arn(),
          d.message().attempts(),
          d.message().madeAt().toString(),
          d.message().failure(),
          new String(d.message().body(), java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  /** A page of them. */
  public record DeadLetterPage(List<DeadLetter> deadLetters, String nextAfter) {}

  /** How many were queued again. */
  public record Queued(int queued) {}

  @PUT
  @Path("v1/admin/notification-targets/{target}")
  @Operation(summary = "Names a target of notifications, with a new secret")
  public TargetDocument putTarget(
      @Context ContainerRequestContext request,
      @PathParam("target") String target,
      NewTarget body) {
    NewTarget b = Values.required(body);
    var command = new PutTarget.Command(target, Values.member("url", b.url()), b.tenant());
    var done = upkeep.putTarget().execute(Exchanges.call(request), command);
    return TargetDocument.of(done.target(), done.secret());
  }

  @GET
  @Path("v1/admin/notification-targets")
  @Operation(summary = "Lists targets of notifications")
  public TargetList listTargets(@Context ContainerRequestContext request) {
    var done = upkeep.listTargets().execute(Exchanges.call(request), new ListTargets.Command());
    return new TargetList(done.targets().stream().map(t -> TargetDocument.of(t, null)).toList());
  }

  @DELETE
  @Path("v1/admin/notification-targets/{target}")
  @Operation(summary = "Drops a target of notifications")
  public Response deleteTarget(
      @Context ContainerRequestContext request, @PathParam("target") String target) {
    upkeep.deleteTarget().execute(Exchanges.call(request), new DeleteTarget.Command(target));
    return Response.noContent().build();
  }

  @GET
  @Path("v1/admin/dead-letters")
  @Operation(summary = "Lists notifications that were given up")
  public DeadLetterPage listDeadLetters(
      @Context ContainerRequestContext request,
      @QueryParam("after") String after,
      @Schema(type = "integer", minimum = "1", maximum = "1000") @QueryParam("limit")
          String limit) {
    var command = new ListDeadMessages.Command(after, Values.limit(limit));
    var page = upkeep.deadLetters().execute(Exchanges.call(request), command);
    return new DeadLetterPage(page.dead().stream().map(DeadLetter::of).toList(), page.next());
  }

  @POST
  @Path("v1/admin/dead-letters:retry")
  @Operation(summary = "Queues notifications that were given up once more")
  public Queued retryDeadLetters(@Context ContainerRequestContext request) {
    var done = upkeep.retry().execute(Exchanges.call(request), new RetryDeadMessages.Command());
    return new Queued(done.queued());
  }
}
