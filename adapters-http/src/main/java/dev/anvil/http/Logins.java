package dev.anvil.http;

import dev.anvil.identity.Caller;

/**
 * Who calls, by the bearer token of a request. Both throw {@link
 * dev.anvil.ports.failure.Unauthenticated} and never say which part was wrong.
 *
 * @param tokens of the public listener: access tokens of applications
 * @param admins of the management listener: admin credentials
 */
public record Logins(Bearer tokens, Bearer admins) {
  /** One kind of token. */
  @FunctionalInterface
  public interface Bearer {
    /** The caller the token proves. */
    Caller caller(String token, String requestId);
  }
}
