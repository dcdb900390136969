package dev.anvil.s3.answer;

import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.XmlWriter;
import java.util.List;
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

  private static final List<String> EXPECTED =
      List.of("x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner");

  private Owners() {}

  /** An element with id and name. */
  static void write(XmlWriter out, String element, S3Call call) {
    out.open(element)
        .element("ID", call.ownerId())
        .element("DisplayName", call.ownerName())
        .close();
  }

  /** Refuses other ownership of objects than the one there is: the bucket owner's. */
  static void requireOwnedByBucketOwner(S3Call call) {
    String sent = call.header("x-amz-object-ownership");
    if (sent == null || sent.equals("BucketOwnerEnforced")) {
      return;
    }
    if (sent.equals("BucketOwnerPreferred") || sent.equals("ObjectWriter")) {
      throw new S3Failure(
          S3Code.NotImplemented, "Object ownership " + sent + " is not implemented.");
    }
    throw Numbers.argument(
        "x-amz-object-ownership", sent, "Invalid x-amz-object-ownership header: " + sent);
  }

  /** Refuses a request that expects somebody else to own what it names. */
  static void requireExpected(S3Call call) {
    for (String name : EXPECTED) {
      String expected = call.header(name);
      if (expected != null
          && !expected.equals(call.ownerId())
          && !expected.equals(call.ownerName())
          && !expected.equals(call.call().caller().clientId())) {
        throw new S3Failure(S3Code.AccessDenied);
      }
    }
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
