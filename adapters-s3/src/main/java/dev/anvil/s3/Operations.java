package dev.anvil.s3;

import dev.anvil.identity.Action;
import dev.anvil.s3.request.S3Request;
import java.util.List;

/** What requests ask for in the words of policies, where that is finer than a use case's action. */
final class Operations {
  private Operations() {}

  /** Names for the action; null where the action says it all. */
  static List<String> of(S3Request request, Action action) {
    return switch (action) {
      case BUCKET_READ -> bucketRead(request);
      case BUCKET_UPDATE -> bucketUpdate(request);
      case OBJECT_READ -> objectRead(request);
      case OBJECT_WRITE -> objectWrite(request);
      case OBJECT_LIST -> objectList(request);
      case POLICY_READ -> policyRead(request);
      case POLICY_WRITE -> policyWrite(request);
      default -> null;
    };
  }

  private static List<String> bucketRead(S3Request request) {
    return switch (request) {
      case S3Request.HeadBucket _ -> List.of("s3:ListBucket");
      case S3Request.GetBucketLocation _ -> List.of("s3:GetBucketLocation");
      case S3Request.GetBucketVersioning _ -> List.of("s3:GetBucketVersioning");
      case S3Request.GetBucketTagging _ -> List.of("s3:GetBucketTagging");
      default -> null;
    };
  }

  private static List<String> bucketUpdate(S3Request request) {
    return switch (request) {
      case S3Request.PutBucketVersioning _ -> List.of("s3:PutBucketVersioning");
      case S3Request.PutBucketTagging _, S3Request.DeleteBucketTagging _ ->
          List.of("s3:PutBucketTagging");
      default -> null;
    };
  }

  private static List<String> objectRead(S3Request request) {
    return switch (request) {
      case S3Request.GetObjectTagging r ->
          List.of(r.version() == null ? "s3:GetObjectTagging" : "s3:GetObjectVersionTagging");
      case S3Request.GetObjectAttributes r ->
          r.version() == null
              ? List.of("s3:GetObject", "s3:GetObjectAttributes")
              : List.of("s3:GetObjectVersion", "s3:GetObjectVersionAttributes");
      default -> null;
    };
  }

  private static List<String> objectWrite(S3Request request) {
    return switch (request) {
      case S3Request.PutObjectTagging r ->
          List.of(r.version() == null ? "s3:PutObjectTagging" : "s3:PutObjectVersionTagging");
      case S3Request.DeleteObjectTagging r ->
          List.of(r.version() == null ? "s3:DeleteObjectTagging" : "s3:DeleteObjectVersionTagging");
      case S3Request.AbortMultipartUpload _ -> List.of("s3:AbortMultipartUpload");
      case S3Request.ListParts _ -> List.of("s3:ListMultipartUploadParts");
      default -> null;
    };
  }

  private static List<String> objectList(S3Request request) {
    return switch (request) {
      case S3Request.ListObjectVersions _ -> List.of("s3:ListBucketVersions");
      case S3Request.ListMultipartUploads _ -> List.of("s3:ListBucketMultipartUploads");
      default -> null;
    };
  }

  private static List<String> policyRead(S3Request request) {
    return switch (request) {
      case S3Request.GetBucketAcl _ -> List.of("s3:GetBucketAcl");
      case S3Request.GetPublicAccessBlock _ -> List.of("s3:GetBucketPublicAccessBlock");
      case S3Request.GetBucketOwnershipControls _ -> List.of("s3:GetBucketOwnershipControls");
      default -> null;
    };
  }

  private static List<String> policyWrite(S3Request request) {
    return switch (request) {
      case S3Request.PutBucketAcl _ -> List.of("s3:PutBucketAcl");
      case S3Request.PutPublicAccessBlock _, S3Request.DeletePublicAccessBlock _ ->
          List.of("s3:PutBucketPublicAccessBlock");
      case S3Request.PutBucketOwnershipControls _, S3Request.DeleteBucketOwnershipControls _ ->
          List.of("s3:PutBucketOwnershipControls");
      default -> null;
    };
  }
}
