package dev.anvil.s3;

import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;

/** What nobody may do who does not say who they are, whatever buckets grant. */
final class Anonymous {
  private Anonymous() {}

  /** Refuses such a request. */
  static void refuse(S3Request request) {
    String why =
        switch (request) {
          case S3Request.CreateBucket _, S3Request.PutBucketAcl _, S3Request.PutObjectAcl _ ->
              "Anonymous users cannot invoke this API. Please authenticate.";
          case S3Request.CopyObject _ ->
              "Anonymous users cannot copy objects. Please authenticate.";
          default -> null;
        };
    if (why != null) {
      throw new S3Failure(S3Code.AccessDenied, why);
    }
  }
}
