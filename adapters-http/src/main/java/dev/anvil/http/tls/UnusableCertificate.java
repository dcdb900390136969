package dev.anvil.http.tls;

/** Certificate or key cannot be used; the message names the file, the rule and the cure. */
public final class UnusableCertificate extends RuntimeException {
  UnusableCertificate(String message) {
    super(message);
  }

  UnusableCertificate(String message, Throwable cause) {
    super(message, cause);
  }
}
