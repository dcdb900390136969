package dev.anvil.http.api;

import dev.anvil.http.documents.ReceiptDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.route.Body;
import dev.anvil.http.use.UseCases;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.copies.PatchJson;
import dev.anvil.objects.copies.UpdateMetadata;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Changes of an object that are not its bytes. */
@Path("/")
@Tag(name = "objects")
@Produces(MediaType.APPLICATION_JSON)
public final class ObjectsApi {
  static final String MERGE_PATCH = "application/merge-patch+json";

  private final UseCases.Copies copies;
  private final CursorTexts cursors;

  /** On these use cases. */
  public ObjectsApi(UseCases.Copies copies, CursorTexts cursors) {
    this.copies = copies;
    this.cursors = cursors;
  }

  @PATCH
  @Path("v1/buckets/{bucket}/objects/{key}")
  @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Body(Body.Kind.BATCH)
  @Operation(
      summary = "Patches the object's JSON body (RFC 7396), or with ?metadata its metadata",
      description =
          "With ?metadata the patch has members headers, userMetadata, metadata and tags; a null"
              + " removes. The body of the object is not rewritten then.")
  public ReceiptDocument patchObject(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @QueryParam("metadata") String metadata,
      @BeanParam Conditions conditions,
      @RequestBody(content = @Content(mediaType = MERGE_PATCH, schema = @Schema(type = "object")))
          byte[] patch) {
    BucketName name = new BucketName(bucket);
    ObjectKey object = ObjectKey.of(key);
    if (Values.flag("metadata", metadata)) {
      var command =
          new UpdateMetadata.Command(
              name,
              object,
              MetadataPatches.parse(patch),
              conditions.preconditions(),
              conditions.idempotency());
      var done = copies.metadata().execute(Exchanges.call(request), command);
      return ReceiptDocument.of(cursors, done.receipt());
    }
    var command =
        new PatchJson.Command(
            name, object, patch, conditions.preconditions(), conditions.idempotency());
    return ReceiptDocument.of(
        cursors, copies.patch().execute(Exchanges.call(request), command).receipt());
  }
}
