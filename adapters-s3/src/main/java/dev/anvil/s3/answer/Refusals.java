package dev.anvil.s3.answer;

import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.util.List;

/** Headers that ask for what is not built: refused by name, never silently left out. */
final class Refusals {
  /** On objects that are written. */
  static final List<String> OF_WRITES =
      List.of(
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-context",
          "x-amz-server-side-encryption-bucket-key-enabled",
          "x-amz-write-offset-bytes");

  private static final String STORAGE_CLASS = "x-amz-storage-class";

  private Refusals() {}

  /** Refuses the headers of the list. */
  static void unbuiltHeaders(S3Call call, List<String> names) {
    for (String name : names) {
      String value = call.header(name);
      if (value != null && !value.equalsIgnoreCase("false")) {
        // the value may be a key: it is not shown
        throw new S3Failure(
            S3Code.NotImplemented,
            "A header you provided implies functionality that is not implemented: " + name);
      }
    }
  }

  /** Refuses storage classes that there are none of. */
  static void storageClass(S3Call call) {
    String wanted = call.header(STORAGE_CLASS);
    if (wanted != null && !wanted.equals("STANDARD")) {
      throw new S3Failure(
          S3Code.InvalidStorageClass, "The storage class you specified is not valid");
    }
  }
}
