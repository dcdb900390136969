package dev.anvil.http.api;

import dev.anvil.http.documents.DescriptionDocument;
import dev.anvil.http.documents.ReceiptDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.route.KeysAt;
import dev.anvil.http.use.UseCases;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.multipart.AbortUpload;
import dev.anvil.objects.multipart.CompleteUpload;
import dev.anvil.objects.multipart.CreateUpload;
import dev.anvil.objects.multipart.ListParts;
import dev.anvil.objects.multipart.ListUploads;
import dev.anvil.objects.multipart.PartClaim;
import dev.anvil.objects.multipart.PartInfo;
import dev.anvil.objects.multipart.UploadInfo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HexFormat;
import java.util.List;

/** Multipart uploads; the bytes of a part are a plain handler's. */
@Path("/")
@Tag(name = "uploads")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class UploadsApi {
  private static final int CREATED = 201;
  private static final int MAX_PART = 10_000;

  private final UseCases.Uploads uploads;
  private final CursorTexts cursors;

  /** On these use cases. */
  public UploadsApi(UseCases.Uploads uploads, CursorTexts cursors) {
    this.uploads = uploads;
    this.cursors = cursors;
  }

  /** What the object will be. */
  @Schema(name = "NewUpload")
  @KeysAt("key")
  public record Open(String key, DescriptionDocument description) {}

  /** The open upload. */
  @Schema(name = "OpenedUpload")
  public record Opened(String uploadId, String expiresAt, ReceiptDocument receipt) {}

  /** An open upload. */
  public record Upload(
      String uploadId,
      String key,
      DescriptionDocument description,
      String createdAt,
      String expiresAt,
      String initiator) {
    static Upload of(UploadInfo u) {
      return new Upload(
          u.uploadId(),
          u.key().text(),
          DescriptionDocument.of(u.description()),
          u.createdAt().toString(),
          u.expiresAt().toString(),
          u.initiator());
    }
  }

  /** A page of uploads; the two next members go into the next request. */
  public record UploadPage(List<Upload> uploads, String nextAfter, String nextAfterUpload) {}

  /** A stored part. */
  public record Part(int number, String etag, long size, String sha256, String modifiedAt) {
    static Part of(PartInfo p) {
      String hash = p.sha256() == null ? null : HexFormat.of().formatHex(p.sha256());
      return new Part(p.number(), p.etag(), p.size(), hash, p.modifiedAt().toString());
    }
  }

  /** An upload and a page of its parts. */
  public record Parts(Upload upload, List<Part> parts, Integer nextAfter) {}

  /** One part as the client has it. */
  public record Claim(int number, String etag) {}

  /** Parts in ascending order. */
  @Schema(name = "Completion")
  public record Complete(List<Claim> parts, Long expectedSize) {}

  @POST
  @Path("v1/buckets/{bucket}/uploads")
  @Operation(summary = "Opens an upload of a key")
  public Response createUpload(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @BeanParam Repeats repeats,
      Open body) {
    var command =
        new CreateUpload.Command(
            new BucketName(bucket),
            ObjectKey.of(Values.member("key", Values.required(body).key())),
            DescriptionDocument.toDescription(body.description()),
            repeats.idempotency());
    var done = uploads.create().execute(Exchanges.call(request), command);
    return Response.status(CREATED)
        .entity(
            new Opened(
                done.uploadId(),
                done.expiresAt().toString(),
                ReceiptDocument.of(cursors, done.receipt())))
        .build();
  }

  @GET
  @Path("v1/buckets/{bucket}/uploads")
  @Operation(summary = "Lists open uploads by key, then by age")
  public UploadPage listUploads(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @QueryParam("prefix") String prefix,
      @QueryParam("after") String after,
      @QueryParam("afterUpload") String afterUpload,
      @Schema(type = "integer", minimum = "1", maximum = "1000") @QueryParam("limit")
          String limit) {
    var command =
        new ListUploads.Command(
            new BucketName(bucket), Values.utf8(prefix), after, afterUpload, Values.limit(limit));
    var page = uploads.list().execute(Exchanges.call(request), command);
    return new UploadPage(
        page.uploads().stream().map(Upload::of).toList(), page.nextKey(), page.nextUploadId());
  }

  @GET
  @Path("v1/buckets/{bucket}/uploads/{uploadId}")
  @Operation(summary = "Shows an open upload and a page of its parts")
  public Parts listParts(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("uploadId") String uploadId,
      @Schema(type = "integer", minimum = "0", maximum = "10000") @QueryParam("after") String after,
      @Schema(type = "integer", minimum = "1", maximum = "1000") @QueryParam("limit")
          String limit) {
    var command =
        new ListParts.Command(
            new BucketName(bucket),
            null,
            uploadId,
            after == null ? 0 : (int) Values.number("after", after, 0, MAX_PART),
            Values.limit(limit));
    var page = uploads.parts().execute(Exchanges.call(request), command);
    return new Parts(
        Upload.of(page.upload()),
        page.parts().stream().map(Part::of).toList(),
        page.nextAfter() == 0 ? null : page.nextAfter());
  }

  @POST
  @Path("v1/buckets/{bucket}/uploads/{uploadId}:complete")
  @Operation(summary = "Makes the named parts one version, in one commit")
  public ReceiptDocument completeUpload(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("uploadId") String uploadId,
      @BeanParam Conditions conditions,
      Complete body) {
    List<PartClaim> parts =
        Values.member("parts", Values.required(body).parts()).stream()
            .map(p -> new PartClaim(Values.member("parts", p).number(), p.etag()))
            .toList();
    var command =
        new CompleteUpload.Command(
            new BucketName(bucket),
            null,
            uploadId,
            parts,
            conditions.preconditions(),
            body.expectedSize() == null ? -1 : body.expectedSize(),
            conditions.idempotency());
    return ReceiptDocument.of(
        cursors, uploads.complete().execute(Exchanges.call(request), command).receipt());
  }

  @DELETE
  @Path("v1/buckets/{bucket}/uploads/{uploadId}")
  @Operation(summary = "Ends an upload; its parts are dropped")
  public ReceiptDocument abortUpload(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("uploadId") String uploadId,
      @BeanParam Repeats repeats) {
    var command =
        new AbortUpload.Command(new BucketName(bucket), null, uploadId, repeats.idempotency());
    return ReceiptDocument.of(
        cursors, uploads.abort().execute(Exchanges.call(request), command).receipt());
  }
}
