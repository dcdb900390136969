package dev.anvil.http.admin;

import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.AuditEntry;
import dev.anvil.identity.AuditLog;
import dev.anvil.identity.ReadAudit;
import dev.anvil.identity.VerifyAudit;
import dev.anvil.ports.failure.Invalid;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The audit log. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditApi {
  private final UseCases.Oversight oversight;

  /** On these use cases. */
  public AuditApi(UseCases.Oversight oversight) {
    this.oversight = oversight;
  }

  /** One entry; hashes in hexadecimal digits, the one before it last. */
  public record Audited(
      long sequence,
      String at,
      String actor,
      String requestId,
      String kind,
      String subject,
      String detail,
      String reason,
      long count,
      String before,
      String after,
      String hash,
      String previous) {
    static Audited of(AuditEntry e) {
      AuditEntry.Facts f = e.facts();
      return new Audited(
          e.sequence(),
          f.at().toString(),
          f.actor(),
          f.requestId(),
          f.kind(),
          f.subject(),
          f.detail(),
          f.reason(),
          f.count(),
          hex(f.before()),
          hex(f.after()),
          e.hashText(),
          hex(e.previous()));
    }

    private static String hex(byte[] bytes) {
      return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }
  }

  /** A page, newest first; {@code nextBefore} is 0 on the last. */
  public record AuditPage(List<Audited> entries, long nextBefore) {}

  /** What the check of a chain found. */
  public record Verified(
      boolean whole,
      long entries,
      long oldest,
      long newest,
      long broken,
      String fault,
      String hash) {}

  @GET
  @Path("v1/admin/audit")
  @Operation(
      summary = "Lists the audit log, newest first: what was changed, or what was refused",
      description = "A page may be short before the last: go on until nextBefore is 0.")
  public AuditPage readAudit(
      @Context ContainerRequestContext request,
      @Schema(allowableValues = {"changes", "denials"}) @QueryParam("log") String log,
      @Schema(type = "integer", minimum = "0") @QueryParam("before") String before,
      @QueryParam("containing") String containing,
      @Schema(type = "integer", minimum = "1", maximum = "1000") @QueryParam("limit")
          String limit) {
    long end = before == null ? 0 : Values.number("before", before, 0, Long.MAX_VALUE);
    var command = new ReadAudit.Command(chain(log), end, Values.limit(limit), containing);
    var page = oversight.readAudit().execute(Exchanges.call(request), command);
    return new AuditPage(page.entries().stream().map(Audited::of).toList(), page.next());
  }

  @POST
  @Path("v1/admin/audit:verify")
  @Operation(summary = "Works out the hash chain anew and says where it breaks")
  public Verified verifyAudit(
      @Context ContainerRequestContext request,
      @Schema(allowableValues = {"changes", "denials"}) @QueryParam("log") String log) {
    var command = new VerifyAudit.Command(chain(log));
    var r = oversight.verifyAudit().execute(Exchanges.call(request), command);
    return new Verified(
        r.whole(), r.entries(), r.oldest(), r.newest(), r.broken(), r.fault(), r.hash());
  }

  private static AuditLog chain(String log) {
    return switch (log) {
      case null -> AuditLog.CHANGES;
      case "changes" -> AuditLog.CHANGES;
      case "denials" -> AuditLog.DENIALS;
      default ->
          throw new Invalid(
              Invalid.Reason.ARGUMENT, "'log' is changes or denials.", Map.of("name", "log"));
    };
  }
}
