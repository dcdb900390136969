package dev.anvil.s3;

import dev.anvil.identity.Action;
import dev.anvil.s3.request.S3Request;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What requests ask for in the words of policies, by the names of their operations, where that is
 * finer than a use case's action.
 */
final class Operations {
  private record Asked(Action action, List<String> current, List<String> version) {}

  private static final Map<String, Asked> BY_NAME = new HashMap<>();

  static {
    buckets(
        Action.BUCKET_READ,
        Map.ofEntries(
            Map.entry("HeadBucket", "ListBucket"),
            Map.entry("GetBucketLocation", "GetBucketLocation"),
            Map.entry("GetBucketVersioning", "GetBucketVersioning"),
            Map.entry("GetBucketTagging", "GetBucketTagging"),
            Map.entry("GetBucketCors", "GetBucketCORS"),
            Map.entry("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
            Map.entry("GetBucketEncryption", "GetEncryptionConfiguration"),
            Map.entry("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
            Map.entry("GetBucketNotificationConfiguration", "GetBucketNotification")));
    buckets(
        Action.BUCKET_UPDATE,
        Map.ofEntries(
            Map.entry("PutBucketVersioning", "PutBucketVersioning"),
            Map.entry("PutBucketTagging", "PutBucketTagging"),
            Map.entry("DeleteBucketTagging", "PutBucketTagging"),
            Map.entry("PutBucketCors", "PutBucketCORS"),
            Map.entry("DeleteBucketCors", "PutBucketCORS"),
            Map.entry("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
            Map.entry("DeleteBucketLifecycle", "PutLifecycleConfiguration"),
            Map.entry("PutBucketEncryption", "PutEncryptionConfiguration"),
            Map.entry("DeleteBucketEncryption", "PutEncryptionConfiguration"),
            Map.entry("PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
            Map.entry("PutBucketNotificationConfiguration", "PutBucketNotification")));
    buckets(
        Action.OBJECT_LIST,
        Map.of(
            "ListObjectVersions", "ListBucketVersions",
            "ListMultipartUploads", "ListBucketMultipartUploads"));
    buckets(
        Action.POLICY_READ,
        Map.of(
            "GetBucketAcl", "GetBucketAcl",
            "GetPublicAccessBlock", "GetBucketPublicAccessBlock",
            "GetBucketOwnershipControls", "GetBucketOwnershipControls",
            "GetBucketPolicy", "GetBucketPolicy",
            "GetBucketPolicyStatus", "GetBucketPolicyStatus"));
    buckets(
        Action.POLICY_WRITE,
        Map.of(
            "PutBucketAcl", "PutBucketAcl",
            "PutPublicAccessBlock", "PutBucketPublicAccessBlock",
            "DeletePublicAccessBlock", "PutBucketPublicAccessBlock",
            "PutBucketOwnershipControls", "PutBucketOwnershipControls",
            "DeleteBucketOwnershipControls", "PutBucketOwnershipControls",
            "PutBucketPolicy", "PutBucketPolicy",
            "DeleteBucketPolicy", "DeleteBucketPolicy"));
    object("GetObjectTagging", Action.OBJECT_READ, "GetObjectTagging", "GetObjectVersionTagging");
    object(
        "GetObjectAttributes",
        Action.OBJECT_READ,
        "GetObject GetObjectAttributes",
        "GetObjectVersion GetObjectVersionAttributes");
    object("GetObjectRetention", Action.OBJECT_READ, "GetObjectRetention", "GetObjectRetention");
    object("GetObjectLegalHold", Action.OBJECT_READ, "GetObjectLegalHold", "GetObjectLegalHold");
    object("PutObjectRetention", Action.OBJECT_WRITE, "PutObjectRetention", "PutObjectRetention");
    object("PutObjectLegalHold", Action.OBJECT_WRITE, "PutObjectLegalHold", "PutObjectLegalHold");
    object("PutObjectTagging", Action.OBJECT_WRITE, "PutObjectTagging", "PutObjectVersionTagging");
    object(
        "DeleteObjectTagging",
        Action.OBJECT_WRITE,
        "DeleteObjectTagging",
        "DeleteObjectVersionTagging");
    String abort = "AbortMultipartUpload";
    object(abort, Action.OBJECT_WRITE, abort, abort);
    String parts = "ListMultipartUploadParts";
    object("ListParts", Action.OBJECT_WRITE, parts, parts);
  }

  private Operations() {}

  private static void buckets(Action action, Map<String, String> names) {
    names.forEach((operation, name) -> object(operation, action, name, name));
  }

  private static void object(String operation, Action action, String current, String version) {
    BY_NAME.put(operation, new Asked(action, names(current), names(version)));
  }

  private static List<String> names(String text) {
    return java.util.Arrays.stream(text.split(" ")).map(name -> "s3:" + name).toList();
  }

  /** Operations that have names of their own here. */
  static Set<String> mapped() {
    return Set.copyOf(BY_NAME.keySet());
  }

  /** Every name that an operation is given here. */
  static Set<String> names() {
    Set<String> names = new HashSet<>();
    BY_NAME
        .values()
        .forEach(asked -> {
          names.addAll(asked.current());
          names.addAll(asked.version());
        });
    return names;
  }

  /** Names for the action; null where the action says it all. */
  static List<String> of(S3Request request, Action action, boolean version) {
    Asked asked = BY_NAME.get(request.operation());
    if (asked == null || asked.action() != action) {
      return null;
    }
    return version ? asked.version() : asked.current();
  }
}
