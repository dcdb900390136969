package dev.anvil.http.bytes;

import dev.anvil.http.documents.ReceiptDocument;
import dev.anvil.http.route.Anybody;
import dev.anvil.http.route.Body;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

/** What the plain handlers answer, in the words of the API document; nothing implements it. */
@Path("/")
@Tag(name = "objects")
public interface ByteRoutes {
  /** {@link PutHandler}. */
  @Anybody
  @PUT
  @Path("v1/buckets/{bucket}/objects/{key}")
  @Body(Body.Kind.BYTES)
  @Operation(
      summary = "Writes an object",
      description =
          "The body is the object, or multipart/related: application/json with structured metadata"
              + " of up to 64 KiB, then the object. Headers named Anvil-Meta-* are user metadata.")
  @ApiResponse(
      responseCode = "200",
      description = "It is durable.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ReceiptDocument.class)))
  ReceiptDocument putObject(
      @PathParam("bucket") String bucket,
      @Parameter(description = "Everything after objects/, percent-encoded; + is a plus")
          @PathParam("key")
          String key,
      @HeaderParam("Content-Type") String contentType,
      @HeaderParam("Content-Encoding") String contentEncoding,
      @HeaderParam("Content-Language") String contentLanguage,
      @HeaderParam("Content-Disposition") String contentDisposition,
      @HeaderParam("Cache-Control") String cacheControl,
      @HeaderParam("Expires") String expires,
      @Parameter(description = "Structured metadata: a JSON object of up to 4 KiB")
          @HeaderParam("Anvil-Metadata")
          String metadata,
      @Parameter(description = "Form-encoded: a=1&b=2") @HeaderParam("Anvil-Tags") String tags,
      @Parameter(description = "RFC 9530, sha-256=:base64:; verified") @HeaderParam("Repr-Digest")
          String reprDigest,
      @HeaderParam("Content-Digest") String contentDigest,
      @HeaderParam("If-Match") String ifMatch,
      @Parameter(description = "* creates only") @HeaderParam("If-None-Match") String ifNoneMatch,
      @Parameter(description = "The version that must be newest") @HeaderParam("Anvil-If-Version")
          String ifVersion,
      @Parameter(description = "The same key with the same content answers the first receipt")
          @HeaderParam("Idempotency-Key")
          String idempotencyKey,
      @RequestBody(
              content =
                  @Content(
                      mediaType = "application/octet-stream",
                      schema = @Schema(type = "string", format = "binary")))
          String body);

  /** {@link GetHandler}. */
  @Anybody
  @GET
  @Path("v1/buckets/{bucket}/objects/{key}")
  @Body(Body.Kind.BYTES)
  @Operation(
      summary = "Reads an object",
      description =
          "Bytes are checked while they are sent: a failed check ends the stream unfinished.")
  @ApiResponse(
      responseCode = "200",
      description = "All bytes.",
      content =
          @Content(
              mediaType = "application/octet-stream",
              schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "206", description = "The ranges asked for.")
  @ApiResponse(responseCode = "304", description = "The caller has it already.")
  String getObject(
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @Parameter(description = "A version id, or null for the null version") @QueryParam("version")
          String version,
      @Parameter(description = "true answers everything but the bytes, as JSON (ObjectInfo)")
          @QueryParam("metadata")
          String metadata,
      @HeaderParam("Range") String range,
      @HeaderParam("If-Range") String ifRange,
      @HeaderParam("If-Match") String ifMatch,
      @HeaderParam("If-None-Match") String ifNoneMatch,
      @HeaderParam("If-Modified-Since") String ifModifiedSince,
      @HeaderParam("If-Unmodified-Since") String ifUnmodifiedSince,
      @Parameter(description = "sha-256=1 adds Repr-Digest") @HeaderParam("Want-Repr-Digest")
          String wantReprDigest,
      @HeaderParam("Want-Content-Digest") String wantContentDigest);

  /** {@link GetHandler}. */
  @Anybody
  @HEAD
  @Path("v1/buckets/{bucket}/objects/{key}")
  @Body(Body.Kind.BYTES)
  @Operation(summary = "The headers of GET, without the bytes")
  @ApiResponse(responseCode = "200", description = "As GET.")
  void headObject(
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @QueryParam("version") String version,
      @HeaderParam("Range") String range,
      @HeaderParam("If-Match") String ifMatch,
      @HeaderParam("If-None-Match") String ifNoneMatch);

  /** {@link DeleteHandler}. */
  @Anybody
  @DELETE
  @Path("v1/buckets/{bucket}/objects/{key}")
  @Operation(
      summary = "Deletes a key as the bucket's versioning says, or one version of it",
      description = "204 if nothing was there to remove.")
  @ApiResponse(
      responseCode = "200",
      description = "The receipt of the marker made or the version removed.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ReceiptDocument.class)))
  @ApiResponse(responseCode = "204", description = "Nothing was there.")
  ReceiptDocument deleteObject(
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @Parameter(description = "A version id, or null for the null version") @QueryParam("version")
          String version,
      @Parameter(description = "Entity tags, one of which the current version must have")
          @HeaderParam("If-Match")
          String ifMatch,
      @Parameter(
              description = "Entity tags the current version must not have; * demands none at all")
          @HeaderParam("If-None-Match")
          String ifNoneMatch,
      @Parameter(description = "The version that must be newest") @HeaderParam("Anvil-If-Version")
          String ifVersion,
      @Parameter(description = "The same key with the same content answers the first receipt")
          @HeaderParam("Idempotency-Key")
          String idempotencyKey);

  /** {@link PutPartHandler}. */
  @PUT
  @Path("v1/buckets/{bucket}/uploads/{uploadId}/parts/{number}")
  @Body(Body.Kind.BYTES)
  @Tag(name = "uploads")
  @Operation(summary = "Stores a part; of several under one number the last to finish stays")
  @ApiResponse(
      responseCode = "200",
      description = "It is durable.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ReceiptDocument.class)))
  ReceiptDocument putPart(
      @PathParam("bucket") String bucket,
      @PathParam("uploadId") String uploadId,
      @PathParam("number") int number,
      @HeaderParam("Repr-Digest") String reprDigest,
      @HeaderParam("Content-Digest") String contentDigest,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @RequestBody(
              content =
                  @Content(
                      mediaType = "application/octet-stream",
                      schema = @Schema(type = "string", format = "binary")))
          String body);
}
