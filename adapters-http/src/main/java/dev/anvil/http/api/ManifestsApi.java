package dev.anvil.http.api;

import dev.anvil.http.documents.ReceiptDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.http.wire.HttpDates;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.manifests.DeleteManifest;
import dev.anvil.objects.manifests.GetManifest;
import dev.anvil.objects.manifests.ListManifests;
import dev.anvil.objects.manifests.ManifestInfo;
import dev.anvil.objects.manifests.PutManifest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
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

/** Manifests: small documents changed by compare-and-swap; the entity tag is the revision. */
@Path("/")
@Tag(name = "manifests")
public final class ManifestsApi {
  private static final String UNTYPED = "application/octet-stream";

  private final UseCases.Manifests manifests;
  private final CursorTexts cursors;

  /** On these use cases. */
  public ManifestsApi(UseCases.Manifests manifests, CursorTexts cursors) {
    this.manifests = manifests;
    this.cursors = cursors;
  }

  /** A manifest of a list. */
  public record Manifest(
      String key,
      long revision,
      int size,
      String sha256,
      String contentType,
      String changedAt,
      String changedBy) {
    static Manifest of(ManifestInfo m) {
      return new Manifest(
          m.key().text(),
          m.revision(),
          m.size(),
          HexFormat.of().formatHex(m.sha256()),
          m.contentType(),
          m.changedAt().toString(),
          m.changedBy());
    }
  }

  /** A page of manifests. */
  public record ManifestPage(
      List<Manifest> manifests,
      String nextAfter,
      @Schema(description = "Of the first page: a watch after it misses nothing") String cursor) {}

  /** The new revision and its receipt. */
  public record Written(long revision, ReceiptDocument receipt) {}

  @GET
  @Path("v1/buckets/{bucket}/manifests")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Lists manifests by name")
  public ManifestPage listManifests(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @QueryParam("prefix") String prefix,
      @QueryParam("after") String after,
      @Schema(type = "integer", minimum = "1", maximum = "1000") @QueryParam("limit")
          String limit) {
    var command =
        new ListManifests.Command(
            new BucketName(bucket), Values.utf8(prefix), after, Values.limit(limit));
    var page = manifests.list().execute(Exchanges.call(request), command);
    return new ManifestPage(
        page.manifests().stream().map(Manifest::of).toList(),
        page.next(),
        cursors.ofList(
            new BucketName(bucket), Values.utf8(prefix), page.partition(), page.cursor()));
  }

  @GET
  @Path("v1/buckets/{bucket}/manifests/{key}")
  @Produces(MediaType.WILDCARD)
  @Operation(summary = "Reads a manifest; its revision is the ETag")
  @ApiResponse(
      responseCode = "200",
      description = "The document.",
      content = @Content(schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "304", description = "The caller has this revision.")
  public Response getManifest(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @HeaderParam("If-None-Match") String ifNoneMatch) {
    var command = new GetManifest.Command(new BucketName(bucket), ObjectKey.of(key));
    var found = manifests.get().execute(Exchanges.call(request), command);
    ManifestInfo manifest = found.manifest();
    String tag = "\"" + manifest.revision() + "\"";
    var answer =
        tag.equals(ifNoneMatch)
            ? Response.notModified()
            : Response.ok(found.content())
                .header(
                    "Content-Type",
                    manifest.contentType() == null ? UNTYPED : manifest.contentType());
    return answer
        .header("ETag", tag)
        .header("Last-Modified", HttpDates.format(manifest.changedAt()))
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .build();
  }

  @PUT
  @Path("v1/buckets/{bucket}/manifests/{key}")
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Creates or changes a manifest",
      description = "If-None-Match: * creates; If-Match: \"<revision>\" changes that revision.")
  public Written putManifest(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @BeanParam Revisions revisions,
      @HeaderParam("Content-Type") String contentType,
      @RequestBody(
              content =
                  @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
          byte[] body) {
    var command =
        new PutManifest.Command(
            new BucketName(bucket),
            ObjectKey.of(key),
            body,
            contentType,
            revisions.toChange(),
            revisions.idempotency());
    var done = manifests.put().execute(Exchanges.call(request), command);
    return new Written(done.revision(), ReceiptDocument.of(cursors, done.receipt()));
  }

  @DELETE
  @Path("v1/buckets/{bucket}/manifests/{key}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Removes a manifest, with If-Match only at that revision")
  public ReceiptDocument deleteManifest(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @BeanParam Revisions revisions) {
    var command =
        new DeleteManifest.Command(
            new BucketName(bucket),
            ObjectKey.of(key),
            revisions.toDelete(),
            revisions.idempotency());
    return ReceiptDocument.of(
        cursors, manifests.delete().execute(Exchanges.call(request), command).receipt());
  }
}
