package dev.anvil.s3.request;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.s3.request.S3Request.Page;
import dev.anvil.s3.wire.QueryText;
import org.eclipse.jetty.http.HttpFields;

/** Finds the operation: every address, method and query has exactly one meaning. */
public final class RequestParser {
  private static final String VERSION = "versionId";

  private RequestParser() {}

  /**
   * Parses.
   *
   * @throws dev.anvil.ports.failure.Invalid if bucket or key break their rules
   */
  public static S3Request parse(
      String method, Address address, QueryText query, HttpFields headers) {
    if (address.bucket() == null) {
      return service(method, query);
    }
    BucketName bucket = new BucketName(address.bucket());
    if (address.key() == null) {
      return ofBucket(method, bucket, query, headers);
    }
    return ofObject(method, bucket, ObjectKey.of(address.key()), query, headers);
  }

  private static S3Request service(String method, QueryText query) {
    return method.equals("GET")
        ? new S3Request.ListBuckets(
            query.orNull("prefix"),
            query.orNull("continuation-token"),
            query.orNull("max-buckets"),
            query.orNull("bucket-region"))
        : new S3Request.NoSuchMethod(method);
  }

  private static S3Request ofBucket(
      String method, BucketName bucket, QueryText query, HttpFields headers) {
    String unbuilt = Unbuilt.ofBucket(method, query);
    if (unbuilt != null) {
      return new S3Request.NotBuilt(unbuilt);
    }
    S3Request exposure = ExposureParser.parse(method, bucket, query);
    if (exposure != null) {
      return exposure;
    }
    return switch (method) {
      case "GET" -> getBucket(bucket, query);
      case "PUT" -> putBucket(bucket, query);
      case "HEAD" -> new S3Request.HeadBucket(bucket);
      case "DELETE" ->
          query.has("tagging")
              ? new S3Request.DeleteBucketTagging(bucket)
              : new S3Request.DeleteBucket(bucket);
      case "POST" -> postBucket(bucket, query, headers);
      default -> new S3Request.NoSuchMethod(method);
    };
  }

  private static S3Request getBucket(BucketName bucket, QueryText query) {
    if (query.has("location")) {
      return new S3Request.GetBucketLocation(bucket);
    } else if (query.has("versioning")) {
      return new S3Request.GetBucketVersioning(bucket);
    } else if (query.has("tagging")) {
      return new S3Request.GetBucketTagging(bucket);
    } else if (query.has("acl")) {
      return new S3Request.GetBucketAcl(bucket);
    } else if (query.has("uploads")) {
      return new S3Request.ListMultipartUploads(
          bucket,
          page(query),
          query.orNull("key-marker"),
          query.orNull("upload-id-marker"),
          query.orNull("max-uploads"));
    } else if (query.has("versions")) {
      return new S3Request.ListObjectVersions(
          bucket, page(query), query.orNull("key-marker"), query.orNull("version-id-marker"));
    } else if ("2".equals(query.orNull("list-type"))) {
      return new S3Request.ListObjectsV2(
          bucket,
          page(query),
          query.orNull("continuation-token"),
          query.orNull("start-after"),
          "true".equalsIgnoreCase(query.orNull("fetch-owner")));
    }
    return new S3Request.ListObjects(bucket, page(query), query.orNull("marker"));
  }

  private static Page page(QueryText query) {
    return new Page(
        query.orNull("prefix"),
        query.orNull("delimiter"),
        query.orNull("max-keys"),
        query.orNull("encoding-type"));
  }

  private static S3Request putBucket(BucketName bucket, QueryText query) {
    if (query.has("versioning")) {
      return new S3Request.PutBucketVersioning(bucket);
    } else if (query.has("tagging")) {
      return new S3Request.PutBucketTagging(bucket);
    } else if (query.has("acl")) {
      return new S3Request.PutBucketAcl(bucket);
    }
    return new S3Request.CreateBucket(bucket);
  }

  private static S3Request postBucket(BucketName bucket, QueryText query, HttpFields headers) {
    if (query.has("delete")) {
      return new S3Request.DeleteObjects(bucket);
    }
    String type = headers.get("Content-Type");
    return type != null && type.strip().regionMatches(true, 0, "multipart/form-data", 0, 19)
        ? new S3Request.PostObject(bucket)
        : new S3Request.NoSuchMethod("POST");
  }

  private static S3Request ofObject(
      String method, BucketName bucket, ObjectKey key, QueryText query, HttpFields headers) {
    String unbuilt = Unbuilt.ofObject(method, query);
    if (unbuilt != null) {
      return new S3Request.NotBuilt(unbuilt);
    }
    String version = query.orNull(VERSION);
    String uploadId = query.orNull("uploadId");
    return switch (method) {
      case "GET" -> getObject(bucket, key, query, version, uploadId);
      case "HEAD" -> new S3Request.HeadObject(bucket, key, version, query.orNull("partNumber"));
      case "PUT" -> putObject(bucket, key, query, headers, version, uploadId);
      case "DELETE" -> {
        if (uploadId != null) {
          yield new S3Request.AbortMultipartUpload(bucket, key, uploadId);
        }
        yield query.has("tagging")
            ? new S3Request.DeleteObjectTagging(bucket, key, version)
            : new S3Request.DeleteObject(bucket, key, version);
      }
      case "POST" -> {
        if (query.has("uploads")) {
          yield new S3Request.CreateMultipartUpload(bucket, key);
        }
        yield uploadId != null
            ? new S3Request.CompleteMultipartUpload(bucket, key, uploadId)
            : new S3Request.NoSuchMethod(method);
      }
      default -> new S3Request.NoSuchMethod(method);
    };
  }

  private static S3Request getObject(
      BucketName bucket, ObjectKey key, QueryText query, String version, String uploadId) {
    if (uploadId != null) {
      return new S3Request.ListParts(
          bucket, key, uploadId, query.orNull("part-number-marker"), query.orNull("max-parts"));
    } else if (query.has("tagging")) {
      return new S3Request.GetObjectTagging(bucket, key, version);
    } else if (query.has("acl")) {
      return new S3Request.GetObjectAcl(bucket, key, version);
    } else if (query.has("attributes")) {
      return new S3Request.GetObjectAttributes(bucket, key, version);
    }
    return new S3Request.GetObject(bucket, key, version, query.orNull("partNumber"));
  }

  private static S3Request putObject(
      BucketName bucket,
      ObjectKey key,
      QueryText query,
      HttpFields headers,
      String version,
      String uploadId) {
    boolean copies = headers.contains("x-amz-copy-source");
    if (uploadId != null || query.has("partNumber")) {
      String id = uploadId == null ? "" : uploadId;
      String part = query.orNull("partNumber");
      return copies
          ? new S3Request.UploadPartCopy(bucket, key, id, part)
          : new S3Request.UploadPart(bucket, key, id, part);
    } else if (query.has("tagging")) {
      return new S3Request.PutObjectTagging(bucket, key, version);
    } else if (query.has("acl")) {
      return new S3Request.PutObjectAcl(bucket, key, version);
    }
    return copies ? new S3Request.CopyObject(bucket, key) : new S3Request.PutObject(bucket, key);
  }
}
