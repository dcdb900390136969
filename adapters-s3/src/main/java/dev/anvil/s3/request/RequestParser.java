package dev.anvil.s3.request;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.s3.request.S3Request.Page;
import dev.anvil.s3.wire.QueryText;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/** Finds the operation: every address, method and query has exactly one meaning. */
public final class RequestParser {
  private static final String VERSION = "versionId";
  private static final String COPY_SOURCE = "x-amz-copy-source";

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
        : new S3Request.NoSuchMethod(method, "SERVICE");
  }

  private static S3Request ofBucket(
      String method, BucketName bucket, QueryText query, HttpFields headers) {
    requireNoCopySource(method, query.has("uploadId"), headers);
    S3Request rule = RuleRequests.ofBucket(method, bucket, query);
    if (rule != null) {
      return rule;
    }
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
      default -> new S3Request.NoSuchMethod(method, "BUCKET");
    };
  }

  /** Only what is put can be a copy. */
  private static void requireNoCopySource(String method, boolean upload, HttpFields headers) {
    String source = headers.get(COPY_SOURCE);
    if (source != null && !method.equals("PUT") && (upload || !method.equals("POST"))) {
      throw argument(
          COPY_SOURCE, source, "You can only specify a copy source header for copy requests.");
    }
  }

  private static S3Failure argument(String name, String value, String message) {
    return new S3Failure(
        S3Code.InvalidArgument, message, Map.of("ArgumentName", name, "ArgumentValue", value));
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
    if (type != null && type.strip().regionMatches(true, 0, "multipart/form-data", 0, 19)) {
      return new S3Request.PostObject(bucket);
    }
    throw new S3Failure(
        S3Code.PreconditionFailed,
        S3Code.PreconditionFailed.message(),
        Map.of("Condition", "Bucket POST must be of the enclosure-type multipart/form-data"));
  }

  private static S3Request ofObject(
      String method, BucketName bucket, ObjectKey key, QueryText query, HttpFields headers) {
    requireNoCopySource(method, query.has("uploadId"), headers);
    String unbuilt = Unbuilt.ofObject(method, query);
    if (unbuilt != null) {
      return new S3Request.NotBuilt(unbuilt);
    }
    String version = query.orNull(VERSION);
    boolean unnamed = version != null && version.isEmpty();
    // clients lock what is current with an empty id; of all else it names nothing
    S3Request rule = RuleRequests.ofObject(method, bucket, key, query, unnamed ? null : version);
    if (rule != null) {
      return rule;
    }
    if (unnamed) {
      throw argument(VERSION, "", "Version id cannot be the empty string");
    }
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
            : new S3Request.NoSuchMethod(method, "OBJECT");
      }
      default -> new S3Request.NoSuchMethod(method, "OBJECT");
    };
  }

  private static S3Request getObject(
      BucketName bucket, ObjectKey key, QueryText query, String version, String uploadId) {
    if (query.has("uploads") || query.has("versions")) {
      throw new S3Failure(
          S3Code.InvalidRequest,
          query.has("uploads")
              ? "Key is not expected for the GET method ?uploads subresource"
              : "There is no such thing as the ?versions sub-resource for a key");
    }
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
    boolean copies = headers.contains(COPY_SOURCE);
    if (uploadId != null || query.has("partNumber")) {
      String part = query.orNull("partNumber");
      if (uploadId == null) {
        throw argument(
            "partNumber",
            "partNumber",
            "This operation does not accept partNumber without uploadId");
      }
      if (part == null) {
        return new S3Request.NoSuchMethod("PUT", "UPLOAD");
      }
      return copies
          ? new S3Request.UploadPartCopy(bucket, key, uploadId, part)
          : new S3Request.UploadPart(bucket, key, uploadId, part);
    } else if (query.has("tagging")) {
      return new S3Request.PutObjectTagging(bucket, key, version);
    } else if (query.has("acl")) {
      return new S3Request.PutObjectAcl(bucket, key, version);
    }
    return copies ? new S3Request.CopyObject(bucket, key) : new S3Request.PutObject(bucket, key);
  }
}
