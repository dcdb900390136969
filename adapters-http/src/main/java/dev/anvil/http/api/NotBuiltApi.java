package dev.anvil.http.api;

import dev.anvil.ports.failure.NotImplemented;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Routes whose capability this server does not have: refused by name, never accepted silently. */
@Path("/")
@Tag(name = "not built")
@ApiResponse(responseCode = "501", description = "This server does not have it.")
public final class NotBuiltApi {
  @GET
  @Path("v1/buckets/{bucket}/policy")
  @Operation(summary = "Reads the bucket's policy")
  public String getBucketPolicy(@PathParam("bucket") String bucket) {
    throw missing("bucket policy");
  }

  @PUT
  @Path("v1/buckets/{bucket}/policy")
  @Operation(summary = "Sets the bucket's policy")
  public String putBucketPolicy(@PathParam("bucket") String bucket) {
    throw missing("bucket policy");
  }

  @DELETE
  @Path("v1/buckets/{bucket}/policy")
  @Operation(summary = "Removes the bucket's policy")
  public String deleteBucketPolicy(@PathParam("bucket") String bucket) {
    throw missing("bucket policy");
  }

  @GET
  @Path("v1/buckets/{bucket}/public-access")
  @Operation(summary = "Reads what the public may do")
  public String getPublicAccess(@PathParam("bucket") String bucket) {
    throw missing("public access");
  }

  @PUT
  @Path("v1/buckets/{bucket}/public-access")
  @Operation(summary = "Sets what the public may do")
  public String putPublicAccess(@PathParam("bucket") String bucket) {
    throw missing("public access");
  }

  @DELETE
  @Path("v1/buckets/{bucket}/public-access")
  @Operation(summary = "Ends public access")
  public String deletePublicAccess(@PathParam("bucket") String bucket) {
    throw missing("public access");
  }

  @GET
  @Path("v1/buckets/{bucket}/public-access-block")
  @Operation(summary = "Reads the block on public access")
  public String getPublicAccessBlock(@PathParam("bucket") String bucket) {
    throw missing("public access block");
  }

  @PUT
  @Path("v1/buckets/{bucket}/public-access-block")
  @Operation(summary = "Sets the block on public access")
  public String putPublicAccessBlock(@PathParam("bucket") String bucket) {
    throw missing("public access block");
  }

  @DELETE
  @Path("v1/buckets/{bucket}/public-access-block")
  @Operation(summary = "Removes the block on public access")
  public String deletePublicAccessBlock(@PathParam("bucket") String bucket) {
    throw missing("public access block");
  }

  private static NotImplemented missing(String capability) {
    return new NotImplemented("This server does not have the capability '" + capability + "' yet.");
  }
}
