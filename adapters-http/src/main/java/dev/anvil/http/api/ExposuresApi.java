package dev.anvil.http.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.authz.grants.AccessBlock;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.authz.policy.Policy;
import dev.anvil.http.documents.ReceiptDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.http.wire.Jsons;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.exposure.ChangeExposure;
import dev.anvil.objects.exposure.ChangeExposure.Change;
import dev.anvil.objects.exposure.GetExposure;
import dev.anvil.ports.failure.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** What a bucket lets others do: its policy, public access, and the block of both. */
@Path("/")
@Tag(name = "buckets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ExposuresApi {
  private final UseCases.Exposures exposures;
  private final CursorTexts cursors;

  /** On these use cases. */
  public ExposuresApi(UseCases.Exposures exposures, CursorTexts cursors) {
    this.exposures = exposures;
    this.cursors = cursors;
  }

  /** What everybody may do; absent is no. */
  public record PublicAccess(
      @Schema(description = "Read objects and list them") Boolean read,
      @Schema(description = "Write and delete objects") Boolean write) {}

  /** Switches against what opens a bucket to the public; absent is off. */
  public record PublicAccessBlock(
      Boolean blockPublicAcls,
      Boolean ignorePublicAcls,
      Boolean blockPublicPolicy,
      Boolean restrictPublicBuckets) {}

  /** A policy, and whether it lets in whoever comes. */
  public record PolicyDocument(@Schema(type = "object") JsonNode policy, boolean open) {}

  /** The receipt of a change. */
  public record Done(ReceiptDocument receipt) {}

  @GET
  @Path("v1/buckets/{bucket}/policy")
  @Operation(summary = "The bucket's policy")
  public PolicyDocument getBucketPolicy(
      @Context ContainerRequestContext request, @PathParam("bucket") String bucket)
      throws JsonProcessingException {
    Policy policy = get(request, bucket).policy();
    if (policy == null) {
      throw new NotFound(NotFound.Reason.POLICY, "The bucket has no policy.");
    }
    return new PolicyDocument(Jsons.strict().readTree(policy.text()), policy.open());
  }

  @PUT
  @Path("v1/buckets/{bucket}/policy")
  @Operation(
      summary = "Sets the bucket's policy",
      description = "The body is the policy itself. What is not understood is refused by its name.")
  public Done putBucketPolicy(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @Schema(type = "object") JsonNode body) {
    return change(request, bucket, new Change.ToPolicy(Values.required(body).toString()));
  }

  @DELETE
  @Path("v1/buckets/{bucket}/policy")
  @Operation(summary = "Takes the bucket's policy away")
  public Done deleteBucketPolicy(
      @Context ContainerRequestContext request, @PathParam("bucket") String bucket) {
    return change(request, bucket, new Change.ToPolicy(null));
  }

  @GET
  @Path("v1/buckets/{bucket}/public-access")
  @Operation(summary = "What everybody may do in the bucket")
  public PublicAccess getPublicAccess(
      @Context ContainerRequestContext request, @PathParam("bucket") String bucket) {
    Exposure exposure = get(request, bucket);
    return new PublicAccess(exposure.publicRead(), exposure.publicWrite());
  }

  @PUT
  @Path("v1/buckets/{bucket}/public-access")
  @Operation(summary = "Lets everybody read, or write, or neither")
  public Done putPublicAccess(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      PublicAccess body) {
    PublicAccess wanted = Values.required(body);
    return change(request, bucket, new Change.ToPublic(on(wanted.read()), on(wanted.write())));
  }

  @DELETE
  @Path("v1/buckets/{bucket}/public-access")
  @Operation(summary = "Lets nobody in who is not named")
  public Done deletePublicAccess(
      @Context ContainerRequestContext request, @PathParam("bucket") String bucket) {
    return change(request, bucket, new Change.ToPublic(false, false));
  }

  @GET
  @Path("v1/buckets/{bucket}/public-access-block")
  @Operation(summary = "The switches against public access")
  public PublicAccessBlock getPublicAccessBlock(
      @Context ContainerRequestContext request, @PathParam("bucket") String bucket) {
    AccessBlock block = get(request, bucket).block();
    if (block == null) {
      throw new NotFound(NotFound.Reason.ACCESS_BLOCK, "The bucket has no public access block.");
    }
    return new PublicAccessBlock(
        block.blockAcls(), block.ignoreAcls(), block.blockPolicy(), block.restrictBuckets());
  }

  @PUT
  @Path("v1/buckets/{bucket}/public-access-block")
  @Operation(summary = "Sets the switches against public access")
  public Done putPublicAccessBlock(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      PublicAccessBlock body) {
    PublicAccessBlock wanted = Values.required(body);
    return change(
        request,
        bucket,
        new Change.ToBlock(
            new AccessBlock(
                on(wanted.blockPublicAcls()),
                on(wanted.ignorePublicAcls()),
                on(wanted.blockPublicPolicy()),
                on(wanted.restrictPublicBuckets()))));
  }

  @DELETE
  @Path("v1/buckets/{bucket}/public-access-block")
  @Operation(summary = "Takes the switches away")
  public Done deletePublicAccessBlock(
      @Context ContainerRequestContext request, @PathParam("bucket") String bucket) {
    return change(request, bucket, new Change.ToBlock(null));
  }

  private Exposure get(ContainerRequestContext request, String bucket) {
    return exposures
        .get()
        .execute(Exchanges.call(request), new GetExposure.Command(new BucketName(bucket)))
        .exposure();
  }

  private Done change(ContainerRequestContext request, String bucket, Change change) {
    var done =
        exposures
            .change()
            .execute(
                Exchanges.call(request),
                new ChangeExposure.Command(new BucketName(bucket), change));
    return new Done(ReceiptDocument.of(cursors, done.receipt()));
  }

  private static boolean on(Boolean sent) {
    return Boolean.TRUE.equals(sent);
  }
}
