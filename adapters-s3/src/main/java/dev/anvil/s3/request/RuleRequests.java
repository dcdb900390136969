package dev.anvil.s3.request;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.s3.wire.QueryText;

/** Finds operations on what protects, ends and tells of versions. */
final class RuleRequests {
  private RuleRequests() {}

  /** The operation on a bucket, or null if it is none of these. */
  static S3Request ofBucket(String method, BucketName bucket, QueryText query) {
    if (query.has("object-lock")) {
      return switch (method) {
        case "GET" -> new S3Request.GetObjectLockConfiguration(bucket);
        case "PUT" -> new S3Request.PutObjectLockConfiguration(bucket);
        default -> new S3Request.NoSuchMethod(method, "OBJECTLOCK");
      };
    } else if (query.has("lifecycle")) {
      return switch (method) {
        case "GET" -> new S3Request.GetBucketLifecycleConfiguration(bucket);
        case "PUT" -> new S3Request.PutBucketLifecycleConfiguration(bucket);
        case "DELETE" -> new S3Request.DeleteBucketLifecycle(bucket);
        default -> new S3Request.NoSuchMethod(method, "LIFECYCLE");
      };
    } else if (query.has("encryption")) {
      return switch (method) {
        case "GET" -> new S3Request.GetBucketEncryption(bucket);
        case "PUT" -> new S3Request.PutBucketEncryption(bucket);
        case "DELETE" -> new S3Request.DeleteBucketEncryption(bucket);
        default -> new S3Request.NoSuchMethod(method, "ENCRYPTION");
      };
    } else if (query.has("notification")) {
      return switch (method) {
        case "GET" -> new S3Request.GetBucketNotificationConfiguration(bucket);
        case "PUT" -> new S3Request.PutBucketNotificationConfiguration(bucket);
        default -> new S3Request.NoSuchMethod(method, "NOTIFICATION");
      };
    }
    return null;
  }

  /** The operation on an object, or null if it is none of these. */
  static S3Request ofObject(
      String method, BucketName bucket, ObjectKey key, QueryText query, String version) {
    if (query.has("retention")) {
      return switch (method) {
        case "GET" -> new S3Request.GetObjectRetention(bucket, key, version);
        case "PUT" -> new S3Request.PutObjectRetention(bucket, key, version);
        default -> new S3Request.NoSuchMethod(method, "RETENTION");
      };
    } else if (query.has("legal-hold")) {
      return switch (method) {
        case "GET" -> new S3Request.GetObjectLegalHold(bucket, key, version);
        case "PUT" -> new S3Request.PutObjectLegalHold(bucket, key, version);
        default -> new S3Request.NoSuchMethod(method, "LEGALHOLD");
      };
    }
    return null;
  }
}
