package dev.anvil.http.authz;

import dev.anvil.authz.relations.DeleteTuples;
import dev.anvil.authz.relations.ReadTuples;
import dev.anvil.authz.relations.SetBucketAccess;
import dev.anvil.authz.relations.WriteTuples;
import dev.anvil.authz.store.FilterDeletes;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.http.authz.TupleDocuments.FilterDocument;
import dev.anvil.http.authz.TupleDocuments.PreconditionDocument;
import dev.anvil.http.authz.TupleDocuments.StoredDocument;
import dev.anvil.http.authz.TupleDocuments.TupleDocument;
import dev.anvil.http.documents.BucketDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.route.Body;
import dev.anvil.http.use.UseCases;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.Invalid;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tuples, and which buckets they govern. */
@Path("/")
@Tag(name = "authz")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TuplesApi {
  private final UseCases.Relations relations;

  /** On these use cases. */
  public TuplesApi(UseCases.Relations relations) {
    this.relations = relations;
  }

  /** One change: {@code touch}, {@code create} or {@code delete}. */
  public record Update(String op, TupleDocument tuple) {
    WriteRequest.Change change() {
      WriteRequest.Op what =
          switch (Values.member("updates.op", op)) {
            case "touch" -> WriteRequest.Op.TOUCH;
            case "create" -> WriteRequest.Op.CREATE;
            case "delete" -> WriteRequest.Op.DELETE;
            default ->
                throw new Invalid(
                    Invalid.Reason.ARGUMENT,
                    "'op' is touch, create or delete",
                    Map.of("name", "updates.op"));
          };
      return new WriteRequest.Change(what, Values.member("updates.tuple", tuple).tuple());
    }
  }

  /** Changes, all or nothing. */
  public record Write(
      List<Update> updates,
      List<PreconditionDocument> preconditions,
      Integer schemaVersion,
      String reason) {}

  /** What became of a tuple. */
  public record Result(String tuple, String result) {}

  /** What was done. */
  public record Written(
      String token, List<Result> results, Boolean replayed, List<String> warnings) {}

  @POST
  @Path("v1/authz/tuples:write")
  @Body(Body.Kind.BATCH)
  @Operation(summary = "Writes tuples, all or nothing")
  public Written writeTuples(
      @Context ContainerRequestContext request,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      Write body) {
    Write b = Values.required(body);
    List<Update> updates = Values.member("updates", b.updates());
    WriteRequest write =
        new WriteRequest(
            updates.stream().map(Update::change).toList(),
            PreconditionDocument.all(b.preconditions()),
            b.schemaVersion(),
            b.reason());
    var done =
        relations
            .write()
            .execute(Exchanges.call(request), new WriteTuples.Command(write, idempotencyKey));
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < write.changes().size(); i++) {
      results.add(
          new Result(write.changes().get(i).tuple().key(), done.receipt().effects().get(i).wire()));
    }
    return new Written(
        done.receipt().token(),
        results,
        done.receipt().replayed() ? true : null,
        done.warnings().isEmpty() ? null : done.warnings());
  }

  /** What to delete. */
  public record Delete(
      FilterDocument filter,
      List<PreconditionDocument> preconditions,
      Boolean allowPartial,
      Boolean dryRun) {}

  /** What was deleted, or would be. */
  public record Deleted(int deleted, boolean complete, String token) {}

  @POST
  @Path("v1/authz/tuples:delete")
  @Operation(summary = "Deletes the tuples that a filter matches, in one commit")
  public Deleted deleteTuples(@Context ContainerRequestContext request, Delete body) {
    Delete b = Values.required(body);
    var done =
        relations
            .delete()
            .execute(
                Exchanges.call(request),
                new DeleteTuples.Command(
                    new FilterDeletes.Request(
                        Values.member("filter", b.filter()).filter(),
                        PreconditionDocument.all(b.preconditions()),
                        Boolean.TRUE.equals(b.allowPartial()),
                        Boolean.TRUE.equals(b.dryRun()))))
            .done();
    return new Deleted(done.deleted(), done.complete(), done.token());
  }

  /** Which tuples; {@code details} adds writer, time and reason. */
  public record Read(
      FilterDocument filter,
      Integer limit,
      String after,
      Boolean details,
      ConsistencyDocument consistency) {}

  /** A page of tuples. */
  public record Tuples(
      List<StoredDocument> tuples,
      String next,
      boolean complete,
      String token,
      String evaluatedAt) {}

  @POST
  @Path("v1/authz/tuples:read")
  @Operation(summary = "Reads stored tuples by filter, in key order")
  public Tuples readTuples(@Context ContainerRequestContext request, Read body) {
    Read b = Values.required(body);
    var done =
        relations
            .read()
            .execute(
                Exchanges.call(request),
                new ReadTuples.Command(
                    Values.member("filter", b.filter()).filter(),
                    b.limit() == null ? 0 : b.limit(),
                    b.after(),
                    ConsistencyDocument.of(b.consistency())));
    boolean details = Boolean.TRUE.equals(b.details());
    return new Tuples(
        done.tuples().stream().map(t -> StoredDocument.of(t, details)).toList(),
        done.next(),
        done.complete(),
        done.token(),
        done.evaluatedAt().toString());
  }

  /** {@code relationships} or {@code scopes}. */
  public record BucketAccess(String access) {}

  @PUT
  @Path("v1/buckets/{bucket}/access")
  @Operation(summary = "Puts a bucket under relationships, or back under scopes alone")
  public BucketAccess setBucketAccess(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      BucketAccess body) {
    String access = Values.member("access", Values.required(body).access());
    boolean governed = BucketDocument.governed(access);
    relations
        .access()
        .execute(
            Exchanges.call(request), new SetBucketAccess.Command(new BucketName(bucket), governed));
    return new BucketAccess(access);
  }
}
