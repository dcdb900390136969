package dev.anvil.http.api;

import dev.anvil.http.documents.BucketDocument;
import dev.anvil.http.documents.BucketDocument.QuotaDocument;
import dev.anvil.http.documents.ReceiptDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.BucketSettings;
import dev.anvil.objects.CreateBucket;
import dev.anvil.objects.DeleteBucket;
import dev.anvil.objects.GetBucket;
import dev.anvil.objects.Labels;
import dev.anvil.objects.ListBuckets;
import dev.anvil.objects.Quota;
import dev.anvil.objects.UpdateBucket;
import dev.anvil.objects.Versioning;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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
import java.util.Map;

/** Buckets. */
@Path("/")
@Tag(name = "buckets")
@Produces(MediaType.APPLICATION_JSON)
public final class BucketsApi {
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;

  private final UseCases.Buckets buckets;
  private final CursorTexts cursors;

  /** On these use cases. */
  public BucketsApi(UseCases.Buckets buckets, CursorTexts cursors) {
    this.buckets = buckets;
    this.cursors = cursors;
  }

  /** What a bucket is made with, or changed to; what is absent stays as it is. */
  public record Settings(
      String region,
      String versioning,
      Map<String, String> tags,
      QuotaDocument quota,
      @Schema(allowableValues = {"scopes", "relationships"}) String access) {}

  /** A bucket of a list. */
  public record Listed(String name, String owner, String region, String createdAt) {}

  /** A page of buckets. */
  public record BucketPage(List<Listed> buckets, String nextPageToken) {}

  /** The bucket and the receipt of its change. */
  public record Changed(BucketDocument bucket, ReceiptDocument receipt) {}

  /** The bucket is shut; pending while contents are still being removed. */
  public record Deleted(ReceiptDocument receipt, boolean pending) {}

  @GET
  @Path("v1/buckets")
  @Operation(summary = "Lists the tenant's buckets by name")
  public BucketPage listBuckets(
      @Context ContainerRequestContext request,
      @QueryParam("pageToken") String pageToken,
      @Schema(type = "integer", minimum = "1", maximum = "1000") @QueryParam("limit")
          String limit) {
    var page =
        buckets
            .list()
            .execute(
                Exchanges.call(request), new ListBuckets.Command(pageToken, Values.limit(limit)));
    return new BucketPage(
        page.buckets().stream()
            .map(b -> new Listed(b.name().value(), b.owner(), b.region(), b.createdAt().toString()))
            .toList(),
        page.nextPageToken());
  }

  @PUT
  @Path("v1/buckets/{bucket}")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Creates a bucket; 200 if its owner made it with the same settings before")
  @ApiResponse(
      responseCode = "201",
      description = "Created.",
      content = @Content(schema = @Schema(implementation = BucketDocument.class)))
  @ApiResponse(
      responseCode = "200",
      description = "It was there with the same settings.",
      content = @Content(schema = @Schema(implementation = BucketDocument.class)))
  public Response createBucket(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @BeanParam Repeats repeats,
      Settings body) {
    BucketSettings base = BucketSettings.DEFAULT;
    BucketSettings settings =
        body == null
            ? base
            : new BucketSettings(
                body.region() == null ? base.region() : body.region(),
                versioning(body, base.versioning()),
                body.tags() == null ? base.tags() : Labels.bucketTags(body.tags()),
                body.quota() == null ? Quota.UNLIMITED : body.quota().toQuota());
    var done =
        buckets
            .create()
            .execute(
                Exchanges.call(request),
                new CreateBucket.Command(
                    new BucketName(bucket),
                    settings,
                    body != null && BucketDocument.governed(body.access()),
                    repeats.idempotency()));
    return Response.status(done.created() ? CREATED : Response.Status.OK.getStatusCode())
        .entity(BucketDocument.of(cursors, done.info()))
        .build();
  }

  private static Versioning versioning(Settings body, Versioning otherwise) {
    return body.versioning() == null ? otherwise : BucketDocument.versioning(body.versioning());
  }

  @GET
  @Path("v1/buckets/{bucket}")
  @Operation(summary = "Settings and exact contents of a bucket")
  public BucketDocument getBucket(
      @Context ContainerRequestContext request, @PathParam("bucket") String bucket) {
    var command = new GetBucket.Command(new BucketName(bucket));
    return BucketDocument.of(
        cursors, buckets.get().execute(Exchanges.call(request), command).info());
  }

  @PATCH
  @Path("v1/buckets/{bucket}")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(summary = "Changes settings; what is absent stays")
  public Changed updateBucket(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @BeanParam Repeats repeats,
      Settings body) {
    Settings change = Values.required(body);
    if (change.region() != null) {
      throw new dev.anvil.ports.failure.Invalid(
          dev.anvil.ports.failure.Invalid.Reason.ARGUMENT,
          "The region of a bucket cannot be changed.",
          Map.of("name", "region"));
    }
    if (change.access() != null) {
      throw new dev.anvil.ports.failure.Invalid(
          dev.anvil.ports.failure.Invalid.Reason.ARGUMENT,
          "What decides about a bucket is changed by PUT /v1/buckets/{bucket}/access.",
          Map.of("name", "access"));
    }
    var done =
        buckets
            .update()
            .execute(
                Exchanges.call(request),
                new UpdateBucket.Command(
                    new BucketName(bucket),
                    versioning(change, null),
                    change.tags(),
                    change.quota() == null ? null : change.quota().toQuota(),
                    repeats.idempotency()));
    return new Changed(
        BucketDocument.of(cursors, done.info()), ReceiptDocument.of(cursors, done.receipt()));
  }

  @DELETE
  @Path("v1/buckets/{bucket}")
  @Operation(
      summary = "Deletes an empty bucket; with force also one that is not, in the background")
  @ApiResponse(
      responseCode = "200",
      description = "It is gone.",
      content = @Content(schema = @Schema(implementation = Deleted.class)))
  @ApiResponse(responseCode = "202", description = "It is shut and being emptied.")
  public Response deleteBucket(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @QueryParam("force") String force,
      @QueryParam("abortUploads") String abortUploads,
      @BeanParam Repeats repeats) {
    var done =
        buckets
            .delete()
            .execute(
                Exchanges.call(request),
                new DeleteBucket.Command(
                    new BucketName(bucket),
                    Values.flag("abortUploads", abortUploads),
                    Values.flag("force", force),
                    repeats.idempotency()));
    return Response.status(done.pending() ? ACCEPTED : Response.Status.OK.getStatusCode())
        .entity(new Deleted(ReceiptDocument.of(cursors, done.receipt()), done.pending()))
        .build();
  }
}
