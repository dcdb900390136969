package dev.anvil.http.admin;

import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.OperatorUses;
import dev.anvil.operations.backup.CreateBackup;
import dev.anvil.operations.backup.ListBackups;
import dev.anvil.operations.backup.PruneBackups;
import dev.anvil.operations.backup.SetBackupSchedule;
import dev.anvil.operations.backup.SnapshotReader;
import dev.anvil.operations.backup.VerifyBackup;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
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
import java.time.Instant;
import java.util.List;

/** Backups of the deployment. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BackupsApi {
  private static final int ACCEPTED = 202;

  private final OperatorUses uses;

  /** On these use cases. */
  public BackupsApi(OperatorUses uses) {
    this.uses = uses;
  }

  /** A snapshot that was asked for: it is there once a run of this ticket or a later one ended. */
  public record AskedBackup(long ticket) {}

  /** A snapshot at the target; figures are absent where its manifest has a problem. */
  public record Backup(
      String id,
      String createdAt,
      Long records,
      Long bodies,
      Long bodyBytes,
      Long damagedBodies,
      Long movedBytes,
      boolean encrypted,
      String problem) {
    static Backup of(ListBackups.Listed l) {
      SnapshotReader.Facts f = l.facts();
      return f == null
          ? new Backup(l.id(), null, null, null, null, null, null, false, l.problem())
          : new Backup(
              l.id(),
              f.createdAt().toString(),
              f.records(),
              f.bodies(),
              f.bytes(),
              f.damaged(),
              l.movedBytes(),
              l.encrypted(),
              null);
    }
  }

  /** A run that goes on. */
  public record RunningBackup(String id, String since) {}

  /** The last run that ended since the node started. */
  public record EndedBackup(long ticket, String id, String failure, String at) {}

  /** What there is, newest first. */
  public record BackupList(
      String target,
      List<Backup> backups,
      String schedule,
      String nextRun,
      RunningBackup running,
      EndedBackup last) {}

  /** What was read of the archive after the snapshot. */
  public record VerifiedArchive(long files, long writeSets, long bytes) {}

  /** Outcome of a verification. */
  public record VerifiedBackup(
      String id,
      long records,
      long bodies,
      long damagedBodies,
      long files,
      long packBytes,
      VerifiedArchive archive,
      List<String> archiveHoles) {}

  /** When snapshots are taken by themselves. */
  public record NewSchedule(String schedule) {}

  /** When the next is taken; applied is false in a dry run. */
  public record ScheduleAnswer(String schedule, String nextRun, boolean applied) {}

  /** How many snapshots stay. */
  public record Pruning(Integer keep) {}

  @POST
  @Path("v1/admin/backups")
  @Operation(summary = "Asks for a snapshot now")
  @ApiResponse(
      responseCode = "202",
      description = "It will be taken.",
      content = @Content(schema = @Schema(implementation = AskedBackup.class)))
  public Response createBackup(@Context ContainerRequestContext request) {
    var done = uses.createBackup().execute(Exchanges.call(request), new CreateBackup.Command());
    return Response.status(ACCEPTED).entity(new AskedBackup(done.ticket())).build();
  }

  @GET
  @Path("v1/admin/backups")
  @Operation(summary = "Lists the newest snapshots, the schedule, and what goes on")
  public BackupList listBackups(
      @Context ContainerRequestContext request,
      @Schema(type = "integer", minimum = "1", maximum = "1000") @QueryParam("limit")
          String limit) {
    ListBackups.Result r =
        uses.listBackups()
            .execute(Exchanges.call(request), new ListBackups.Command(Values.limit(limit)));
    return new BackupList(
        r.target(),
        r.snapshots().stream().map(Backup::of).toList(),
        r.schedule(),
        text(r.next()),
        r.running() == null
            ? null
            : new RunningBackup(r.running().snapshot(), text(r.running().since())),
        r.ended() == null
            ? null
            : new EndedBackup(
                r.ended().ticket(),
                r.ended().snapshot(),
                r.ended().failure(),
                text(r.ended().at())));
  }

  @POST
  @Path("v1/admin/backups/{id}:verify")
  @Operation(
      summary = "Reads every byte of a snapshot and of what was archived after it, and proves it")
  public VerifiedBackup verifyBackup(
      @Context ContainerRequestContext request, @PathParam("id") String id) {
    VerifyBackup.Result r =
        uses.verifyBackup().execute(Exchanges.call(request), new VerifyBackup.Command(id));
    var v = r.verified();
    var a = r.archived();
    return new VerifiedBackup(
        v.facts().id(),
        v.facts().records(),
        v.facts().bodies(),
        v.facts().damaged(),
        v.files(),
        v.bytes(),
        new VerifiedArchive(a.files(), a.sets(), a.bytes()),
        a.holes());
  }

  @POST
  @Path("v1/admin/backups:prune")
  @Operation(summary = "Asks that only the newest snapshots stay")
  public Response pruneBackups(@Context ContainerRequestContext request, Pruning body) {
    int keep = Values.member("keep", Values.required(body).keep());
    uses.pruneBackups().execute(Exchanges.call(request), new PruneBackups.Command(keep));
    return Response.status(ACCEPTED).entity(new Pruning(keep)).build();
  }

  @PUT
  @Path("v1/admin/backup-schedule")
  @Operation(summary = "Sets when snapshots are taken by themselves; tells the next run")
  public ScheduleAnswer setBackupSchedule(
      @Context ContainerRequestContext request,
      @Schema(type = "boolean") @QueryParam("dryRun") String dryRun,
      NewSchedule body) {
    String schedule = Values.member("schedule", Values.required(body).schedule());
    var r =
        uses.setSchedule()
            .execute(
                Exchanges.call(request),
                new SetBackupSchedule.Command(schedule, Values.flag("dryRun", dryRun)));
    return new ScheduleAnswer(r.schedule(), text(r.next()), r.applied());
  }

  private static String text(Instant at) {
    return at == null ? null : at.toString();
  }
}
