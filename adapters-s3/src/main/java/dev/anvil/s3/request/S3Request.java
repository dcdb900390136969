package dev.anvil.s3.request;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;

/**
 * What a request wants. Parameters of the query are in here; headers that describe content or state
 * demands are read where they are used.
 */
public sealed interface S3Request {
  /** Name of the operation, as AWS names it. */
  default String operation() {
    return getClass().getSimpleName();
  }

  /** About buckets themselves. */
  sealed interface Buckets extends S3Request {}

  /** Pages of names. */
  sealed interface Lists extends S3Request {}

  /** About one object, or several by name. */
  sealed interface Objects extends S3Request {}

  /** Multipart uploads. */
  sealed interface Uploads extends S3Request {}

  /** Tags of buckets and objects. */
  sealed interface Tags extends S3Request {}

  /** Who may do what. */
  sealed interface Grants extends S3Request {}

  /** What a bucket grants and refuses beyond lists. */
  sealed interface Exposures extends S3Request {}

  /** Numbers are as sent, null when not sent. */
  record ListBuckets(String prefix, String continuationToken, String maxBuckets, String region)
      implements Buckets {}

  record CreateBucket(BucketName bucket) implements Buckets {}

  record HeadBucket(BucketName bucket) implements Buckets {}

  record DeleteBucket(BucketName bucket) implements Buckets {}

  record GetBucketLocation(BucketName bucket) implements Buckets {}

  record GetBucketVersioning(BucketName bucket) implements Buckets {}

  record PutBucketVersioning(BucketName bucket) implements Buckets {}

  /** What all lists of keys share; null when not sent. */
  record Page(String prefix, String delimiter, String maxKeys, String encoding) {}

  record ListObjects(BucketName bucket, Page page, String marker) implements Lists {}

  record ListObjectsV2(
      BucketName bucket, Page page, String token, String startAfter, boolean fetchOwner)
      implements Lists {}

  record ListObjectVersions(BucketName bucket, Page page, String keyMarker, String versionIdMarker)
      implements Lists {}

  record PutObject(BucketName bucket, ObjectKey key) implements Objects {}

  record CopyObject(BucketName bucket, ObjectKey key) implements Objects {}

  /** Part number as sent, or null. */
  record GetObject(BucketName bucket, ObjectKey key, String version, String part)
      implements Objects {}

  record HeadObject(BucketName bucket, ObjectKey key, String version, String part)
      implements Objects {}

  record GetObjectAttributes(BucketName bucket, ObjectKey key, String version) implements Objects {}

  record DeleteObject(BucketName bucket, ObjectKey key, String version) implements Objects {}

  record DeleteObjects(BucketName bucket) implements Objects {}

  /** A form; the key is in it. */
  record PostObject(BucketName bucket) implements Objects {}

  record CreateMultipartUpload(BucketName bucket, ObjectKey key) implements Uploads {}

  record UploadPart(BucketName bucket, ObjectKey key, String uploadId, String part)
      implements Uploads {}

  record UploadPartCopy(BucketName bucket, ObjectKey key, String uploadId, String part)
      implements Uploads {}

  record CompleteMultipartUpload(BucketName bucket, ObjectKey key, String uploadId)
      implements Uploads {}

  record AbortMultipartUpload(BucketName bucket, ObjectKey key, String uploadId)
      implements Uploads {}

  record ListParts(
      BucketName bucket, ObjectKey key, String uploadId, String marker, String maxParts)
      implements Uploads {}

  record ListMultipartUploads(
      BucketName bucket, Page page, String keyMarker, String uploadIdMarker, String maxUploads)
      implements Uploads {}

  record GetBucketTagging(BucketName bucket) implements Tags {}

  record PutBucketTagging(BucketName bucket) implements Tags {}

  record DeleteBucketTagging(BucketName bucket) implements Tags {}

  record GetObjectTagging(BucketName bucket, ObjectKey key, String version) implements Tags {}

  record PutObjectTagging(BucketName bucket, ObjectKey key, String version) implements Tags {}

  record DeleteObjectTagging(BucketName bucket, ObjectKey key, String version) implements Tags {}

  record GetBucketAcl(BucketName bucket) implements Grants {}

  record PutBucketAcl(BucketName bucket) implements Grants {}

  record GetObjectAcl(BucketName bucket, ObjectKey key, String version) implements Grants {}

  record PutObjectAcl(BucketName bucket, ObjectKey key, String version) implements Grants {}

  record GetPublicAccessBlock(BucketName bucket) implements Exposures {}

  record PutPublicAccessBlock(BucketName bucket) implements Exposures {}

  record DeletePublicAccessBlock(BucketName bucket) implements Exposures {}

  record GetBucketOwnershipControls(BucketName bucket) implements Exposures {}

  record PutBucketOwnershipControls(BucketName bucket) implements Exposures {}

  record DeleteBucketOwnershipControls(BucketName bucket) implements Exposures {}

  /** An operation of S3 that is not built; it is refused by its name. */
  record NotBuilt(String name) implements S3Request {
    @Override
    public String operation() {
      return name;
    }
  }

  /** The method means nothing at this address. */
  record NoSuchMethod(String method) implements S3Request {
    @Override
    public String operation() {
      return "none";
    }
  }
}
