package dev.anvil.s3.sign;

import java.time.Instant;
import java.util.List;

/** What a request shows of who sent it, before anything of it is checked. */
public sealed interface Presented {
  /** Nothing. */
  record Nobody() implements Presented {}

  /**
   * A signature in the Authorization header.
   *
   * @param signedHeaders lower-case names in the order of the header
   */
  record Header(CredentialScope scope, List<String> signedHeaders, String signature, Instant date)
      implements Presented {}

  /**
   * A signature in the query.
   *
   * @param expires seconds from the date on
   */
  record Query(
      CredentialScope scope,
      List<String> signedHeaders,
      String signature,
      Instant date,
      long expires)
      implements Presented {}
}
