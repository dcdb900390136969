package dev.anvil.authz.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The actions that policies may name, and what they are done to. */
final class PolicyActions {
  /** What an action is done to. */
  enum On {
    /** The bucket. */
    BUCKET,
    /** An object in it. */
    OBJECT
  }

  private static final Map<String, On> KNOWN = new HashMap<>();

  static {
    of(
        On.BUCKET,
        "DeleteBucket DeleteBucketPolicy GetBucketAcl GetBucketCORS GetBucketLocation"
            + " GetBucketNotification GetBucketObjectLockConfiguration"
            + " GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus"
            + " GetBucketPublicAccessBlock GetBucketTagging GetBucketVersioning"
            + " GetEncryptionConfiguration GetLifecycleConfiguration ListBucket"
            + " ListBucketMultipartUploads ListBucketVersions PutBucketAcl PutBucketCORS"
            + " PutBucketNotification PutBucketObjectLockConfiguration"
            + " PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock"
            + " PutBucketTagging PutBucketVersioning PutEncryptionConfiguration"
            + " PutLifecycleConfiguration");
    of(
        On.OBJECT,
        "AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectTagging"
            + " DeleteObjectVersion DeleteObjectVersionTagging GetObject GetObjectAcl"
            + " GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging"
            + " GetObjectVersion GetObjectVersionAcl GetObjectVersionAttributes"
            + " GetObjectVersionTagging ListMultipartUploadParts PutObject PutObjectAcl"
            + " PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAcl"
            + " PutObjectVersionTagging");
  }

  private PolicyActions() {}

  private static void of(On on, String names) {
    for (String name : names.split(" ")) {
      KNOWN.put("s3:" + name.toLowerCase(Locale.ROOT), on);
    }
  }

  /** Whether a pattern, in lower case, stands for an action that is known. */
  static boolean known(String pattern) {
    return pattern.equals("*")
        || KNOWN.containsKey(pattern)
        || KNOWN.keySet().stream().anyMatch(name -> Wildcards.match(pattern, name));
  }

  /** Keys that requests of some actions tell only, and what those are called. */
  private static final Map<String, List<String>> TELLING =
      Map.of(
          "s3:prefix", List.of("s3:listbucket", "s3:listbucketversions"),
          "s3:delimiter", List.of("s3:listbucket", "s3:listbucketversions"),
          "s3:max-keys", List.of("s3:listbucket", "s3:listbucketversions"),
          "s3:versionid", List.of("s3:*objectversion*"),
          "s3:x-amz-acl",
              List.of(
                  "s3:putobject", "s3:putobjectacl", "s3:putobjectversionacl", "s3:putbucketacl"),
          "s3:x-amz-copy-source", List.of("s3:putobject"),
          "s3:x-amz-metadata-directive", List.of("s3:putobject"));

  /** Whether a request of an action that the pattern stands for can tell the value of the key. */
  static boolean tells(String pattern, String key) {
    List<String> actions = TELLING.get(key);
    return actions == null
        || KNOWN.keySet().stream()
            .anyMatch(name ->
                Wildcards.match(pattern, name)
                    && actions.stream().anyMatch(action -> Wildcards.match(action, name)));
  }

  /** Whether a pattern, in lower case, stands for something that is done to this. */
  static boolean reaches(String pattern, On on) {
    return KNOWN.entrySet().stream()
        .anyMatch(e -> e.getValue() == on && Wildcards.match(pattern, e.getKey()));
  }
}
