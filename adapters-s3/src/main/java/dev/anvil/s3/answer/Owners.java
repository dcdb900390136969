package dev.anvil.s3.answer;

import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.XmlWriter;
import java.util.Locale;
import java.util.Set;

/** Who owns what. Everything belongs to the account that owns its bucket. */
final class Owners {
  private static final Set<String> PRIVATE =
      Set.of("private", "bucket-owner-full-control", "bucket-owner-read");
  private static final Set<String> PUBLIC =
      Set.of(
          "public-read",
          "public-read-write",
          "authenticated-read",
          "aws-exec-read",
          "log-delivery-write");

  private Owners() {}

  /** An element with id and name. */
  static void write(XmlWriter out, String element, S3Call call) {
    out.open(element)
        .element("ID", call.ownerId())
        .element("DisplayName", call.ownerName())
        .close();
  }

  /** Refuses grants to others: they are not built, and are never silently left out. */
  static void requirePrivate(S3Call call) {
    call.headers()
        .forEach(field -> {
          if (field.getName().toLowerCase(Locale.ROOT).startsWith("x-amz-grant-")) {
            throw new S3Failure(
                S3Code.NotImplemented, "Grants by header (" + field.getName() + ") are not built.");
          }
        });
    String acl = call.header("x-amz-acl");
    if (acl == null || PRIVATE.contains(acl)) {
      return;
    }
    if (PUBLIC.contains(acl)) {
      throw new S3Failure(S3Code.NotImplemented, "The canned ACL " + acl + " is not implemented.");
    }
    throw Numbers.argument("x-amz-acl", acl, "x-amz-acl has no such canned ACL");
  }
}
