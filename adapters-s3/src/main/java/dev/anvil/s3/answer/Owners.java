package dev.anvil.s3.answer;

import dev.anvil.authz.grants.Ownership;

/** What creators of buckets say of who owns objects in them. */
final class Owners {
  private static final String HEADER = "x-amz-object-ownership";

  private Owners() {}

  /** The rule that a header asks for, or null. */
  static Ownership asked(S3Call call) {
    String sent = call.header(HEADER);
    if (sent == null) {
      return null;
    }
    Ownership rule = Ownership.byText(sent);
    if (rule == null) {
      throw Numbers.argument(HEADER, sent, "Invalid x-amz-object-ownership header: " + sent);
    }
    return rule;
  }
}
