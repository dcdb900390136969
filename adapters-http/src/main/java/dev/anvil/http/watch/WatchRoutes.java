package dev.anvil.http.watch;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

/** Watches in the words of the API document; {@link WatchHandler} answers. */
@Path("/")
@Tag(name = "watches")
public interface WatchRoutes {
  /** One bucket. */
  @GET
  @Path("v1/buckets/{bucket}/watch")
  @Operation(
      summary = "Watches the changes of a bucket, in order, from any retained cursor and then live",
      description =
          "Server-sent events (the id is the cursor), lines of JSON with Accept:"
              + " application/x-ndjson, or a long poll with wait or limit. Heartbeats are resume"
              + " points. 410 CursorExpired names the oldest cursor and the one to list again at.")
  @AnswersChanges
  WatchDocuments.Changes watchBucket(
      @PathParam("bucket") String bucket,
      @Parameter(description = "What keys start with") @QueryParam("prefix") String prefix,
      @Parameter(description = "For example object.put,manifest.*") @QueryParam("kinds")
          String kinds,
      @Parameter(description = "Goes on after it; without it the watch begins now")
          @QueryParam("after")
          String after,
      @Parameter(description = "Makes it a long poll of so many seconds, 0 to 25")
          @QueryParam("wait")
          String wait,
      @Parameter(description = "Makes it a long poll of about so many events, 1 to 1000")
          @QueryParam("limit")
          String limit,
      @Parameter(description = "Seconds between heartbeats, 1 to 25") @QueryParam("heartbeat")
          String heartbeat,
      @Parameter(description = "As after, and stronger") @HeaderParam("Last-Event-ID")
          String lastEventId);

  /** Relationships of a tenant. */
  @GET
  @Path("v1/authz/watch")
  @Operation(
      summary = "Watches tuples and schemas in the order of their revisions, each commit whole",
      description =
          "As the watch of a bucket: tuple.touched, tuple.deleted, tuple.expired, schema.changed;"
              + " the subject is the text of the tuple, or the version of the schema.")
  @AnswersChanges
  WatchDocuments.Changes watchRelationships(
      @Parameter(description = "Type of the resources; all without it") @QueryParam("type")
          String type,
      @QueryParam("after") String after,
      @QueryParam("wait") String wait,
      @QueryParam("limit") String limit,
      @QueryParam("heartbeat") String heartbeat,
      @HeaderParam("Last-Event-ID") String lastEventId);

  /** All of a tenant. */
  @GET
  @Path("v1/watch")
  @Operation(
      summary = "Watches all changes of the tenant: those of each bucket in order, side by side",
      description = "As the watch of a bucket; a cursor holds a place for each partition.")
  @AnswersChanges
  WatchDocuments.Changes watchTenant(
      @QueryParam("kinds") String kinds,
      @QueryParam("after") String after,
      @QueryParam("wait") String wait,
      @QueryParam("limit") String limit,
      @QueryParam("heartbeat") String heartbeat,
      @HeaderParam("Last-Event-ID") String lastEventId);
}
