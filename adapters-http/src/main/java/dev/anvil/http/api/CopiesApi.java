package dev.anvil.http.api;

import dev.anvil.http.bytes.RequestFields;
import dev.anvil.http.documents.DescriptionDocument;
import dev.anvil.http.documents.ReceiptDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.route.KeysAt;
import dev.anvil.http.use.UseCases;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.copies.ComposeObject;
import dev.anvil.objects.copies.CopyObject;
import dev.anvil.objects.copies.RenameObject;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Copy, compose and rename; the key in the path is the one that is written. */
@Path("/")
@Tag(name = "objects")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CopiesApi {
  private final UseCases.Copies copies;
  private final CursorTexts cursors;

  /** On these use cases. */
  public CopiesApi(UseCases.Copies copies, CursorTexts cursors) {
    this.copies = copies;
    this.cursors = cursors;
  }

  /**
   * A version to take bytes from; without a version the current one.
   *
   * @param bucket the path's bucket if absent
   */
  public record Source(
      String bucket, String key, String version, String ifMatch, String ifNoneMatch) {
    ObjectKey objectKey() {
      return ObjectKey.of(Values.member("source.key", key));
    }

    Preconditions conditions() {
      return RequestFields.preconditions(ifMatch, ifNoneMatch, null);
    }
  }

  /** Without a description, the copy has the source's. */
  @KeysAt("source.key")
  public record Copy(Source source, DescriptionDocument description) {}

  /** Sources in the order of their bytes; all in the path's bucket. */
  @KeysAt("sources.key")
  public record Compose(List<Source> sources, DescriptionDocument description) {}

  /** The key that ends. */
  @KeysAt("source.key")
  public record Rename(Source source) {}

  /** The receipt, and the version that was copied. */
  public record Copied(ReceiptDocument receipt, String sourceVersion, String sourceModified) {}

  @POST
  @Path("v1/buckets/{bucket}/objects/{key}:copy")
  @Operation(summary = "Writes this key from another version, by reference where possible")
  public Copied copyObject(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @BeanParam Conditions conditions,
      Copy body) {
    Source source = Values.member("source", Values.required(body).source());
    var done =
        copies
            .copy()
            .execute(
                Exchanges.call(request),
                new CopyObject.Command(
                    new BucketName(source.bucket() == null ? bucket : source.bucket()),
                    source.objectKey(),
                    source.version(),
                    source.conditions(),
                    new BucketName(bucket),
                    ObjectKey.of(key),
                    DescriptionDocument.orKeep(body.description()),
                    conditions.preconditions(),
                    conditions.idempotency()));
    return new Copied(
        ReceiptDocument.of(cursors, done.receipt()),
        done.sourceVersion(),
        done.sourceModified() == null ? null : done.sourceModified().toString());
  }

  @POST
  @Path("v1/buckets/{bucket}/objects/{key}:compose")
  @Operation(summary = "Writes this key from the bytes of several versions, by reference")
  public ReceiptDocument composeObject(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @BeanParam Conditions conditions,
      Compose body) {
    List<ComposeObject.Source> sources =
        Values.member("sources", Values.required(body).sources()).stream()
            .map(s -> source(bucket, Values.member("sources", s)))
            .toList();
    var command =
        new ComposeObject.Command(
            new BucketName(bucket),
            ObjectKey.of(key),
            sources,
            DescriptionDocument.toDescription(body.description()),
            conditions.preconditions(),
            conditions.idempotency());
    return ReceiptDocument.of(
        cursors, copies.compose().execute(Exchanges.call(request), command).receipt());
  }

  private static ComposeObject.Source source(String bucket, Source source) {
    requireSame(bucket, source);
    return new ComposeObject.Source(source.objectKey(), source.version(), source.conditions());
  }

  @POST
  @Path("v1/buckets/{bucket}/objects/{key}:rename")
  @Operation(summary = "Gives the current version of another key this key, in one commit")
  public ReceiptDocument renameObject(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @BeanParam Conditions conditions,
      Rename body) {
    Source source = Values.member("source", Values.required(body).source());
    requireSame(bucket, source);
    var command =
        new RenameObject.Command(
            new BucketName(bucket),
            source.objectKey(),
            ObjectKey.of(key),
            source.version() == null
                ? source.conditions()
                : RequestFields.preconditions(
                    source.ifMatch(), source.ifNoneMatch(), source.version()),
            conditions.preconditions(),
            conditions.idempotency());
    return ReceiptDocument.of(
        cursors, copies.rename().execute(Exchanges.call(request), command).receipt());
  }

  private static void requireSame(String bucket, Source source) {
    if (source.bucket() != null && !source.bucket().equals(bucket)) {
      throw new dev.anvil.ports.failure.Invalid(
          dev.anvil.ports.failure.Invalid.Reason.ARGUMENT,
          "Sources lie in the bucket that is written; copy across buckets first.",
          java.util.Map.of("name", "source.bucket"));
    }
  }
}
