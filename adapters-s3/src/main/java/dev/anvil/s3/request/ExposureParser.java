package dev.anvil.s3.request;

import dev.anvil.kernel.BucketName;
import dev.anvil.s3.wire.QueryText;

/** Operations on what a bucket grants and refuses, each by one parameter. */
final class ExposureParser {
  private ExposureParser() {}

  /** The operation, or null if no parameter asks for one. */
  static S3Request parse(String method, BucketName bucket, QueryText query) {
    if (query.has("publicAccessBlock")) {
      return switch (method) {
        case "GET" -> new S3Request.GetPublicAccessBlock(bucket);
        case "PUT" -> new S3Request.PutPublicAccessBlock(bucket);
        case "DELETE" -> new S3Request.DeletePublicAccessBlock(bucket);
        default -> new S3Request.NoSuchMethod(method);
      };
    }
    if (query.has("ownershipControls")) {
      return switch (method) {
        case "GET" -> new S3Request.GetBucketOwnershipControls(bucket);
        case "PUT" -> new S3Request.PutBucketOwnershipControls(bucket);
        case "DELETE" -> new S3Request.DeleteBucketOwnershipControls(bucket);
        default -> new S3Request.NoSuchMethod(method);
      };
    }
    return null;
  }
}
