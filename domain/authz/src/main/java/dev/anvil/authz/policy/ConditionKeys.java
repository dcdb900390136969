package dev.anvil.authz.policy;

import java.util.Set;

/** The keys that conditions may name, in lower case. */
final class ConditionKeys {
  private static final Set<String> KNOWN =
      Set.of(
          "aws:currenttime",
          "aws:epochtime",
          "aws:principalaccount",
          "aws:principalarn",
          "aws:principaltype",
          "aws:referer",
          "aws:resourceaccount",
          "aws:securetransport",
          "aws:sourceip",
          "aws:useragent",
          "aws:userid",
          "aws:username",
          "s3:authtype",
          "s3:delimiter",
          "s3:if-match",
          "s3:if-none-match",
          "s3:max-keys",
          "s3:object-lock-legal-hold",
          "s3:object-lock-mode",
          "s3:object-lock-remaining-retention-days",
          "s3:object-lock-retain-until-date",
          "s3:objectcreationoperation",
          "s3:prefix",
          "s3:requestobjecttagkeys",
          "s3:resourceaccount",
          "s3:signatureage",
          "s3:signatureversion",
          "s3:versionid",
          "s3:x-amz-acl",
          "s3:x-amz-content-sha256",
          "s3:x-amz-copy-source",
          "s3:x-amz-grant-full-control",
          "s3:x-amz-grant-read",
          "s3:x-amz-grant-read-acp",
          "s3:x-amz-grant-write",
          "s3:x-amz-grant-write-acp",
          "s3:x-amz-metadata-directive",
          "s3:x-amz-object-ownership",
          "s3:x-amz-server-side-encryption",
          "s3:x-amz-server-side-encryption-aws-kms-key-id",
          "s3:x-amz-server-side-encryption-customer-algorithm",
          "s3:x-amz-storage-class",
          "s3:x-amz-website-redirect-location");

  /** Before the name of a tag that the object has. */
  static final String EXISTING_TAG = "s3:existingobjecttag/";

  /** Before the name of a tag that the request gives. */
  static final String REQUEST_TAG = "s3:requestobjecttag/";

  private ConditionKeys() {}

  /** Whether a request may have several values for it. */
  static boolean many(String key) {
    return key.equals("s3:requestobjecttagkeys");
  }

  /** The key as it is asked for, or null if it is not known; names of tags keep their case. */
  static String of(String sent) {
    String lower = sent.toLowerCase(java.util.Locale.ROOT);
    for (String tag : new String[] {EXISTING_TAG, REQUEST_TAG}) {
      if (lower.startsWith(tag) && sent.length() > tag.length()) {
        return tag + sent.substring(tag.length());
      }
    }
    return KNOWN.contains(lower) ? lower : null;
  }
}
