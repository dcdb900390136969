package dev.anvil.s3.sign;

import dev.anvil.identity.Caller;
import dev.anvil.identity.SigningKey;
import java.time.Instant;

/**
 * Who sent a request, and what is needed to check the signatures that follow in its body.
 *
 * @param caller anonymous if the request is not signed
 * @param payload what is said of the body
 * @param key key that signed; null if the request is not signed
 * @param scope scope of the signature; null if the request is not signed
 * @param date date of the signature; null if the request is not signed
 * @param signature the request's own signature, from which chunk signatures go on
 * @param presigned whether the signature was in the query
 */
public record Proof(
    Caller caller,
    PayloadMode payload,
    SigningKey key,
    CredentialScope scope,
    Instant date,
    String signature,
    boolean presigned) {
  /** Nobody signed. */
  static Proof anonymous(PayloadMode payload) {
    return new Proof(Caller.ANONYMOUS, payload, null, null, null, null, false);
  }
}
