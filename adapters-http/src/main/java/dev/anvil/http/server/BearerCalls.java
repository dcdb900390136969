package dev.anvil.http.server;

import dev.anvil.http.Logins;
import dev.anvil.http.wire.Exchange;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Unauthenticated;

/** Takes the bearer token out of a request (RFC 6750, in the header only) and asks who that is. */
public final class BearerCalls implements NativeWay.Authenticator {
  private static final String SCHEME = "Bearer ";
  private static final int MAX_TOKEN = 16 << 10;

  private final Logins.Bearer logins;

  /** Asks this. */
  public BearerCalls(Logins.Bearer logins) {
    this.logins = logins;
  }

  @Override
  public Call authenticate(Exchange exchange) {
    String field = exchange.header("Authorization").orElse("");
    if (!field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS,
          "Send 'Authorization: Bearer <token>'; POST /v1/oauth/token gives one.");
    }
    String token = field.substring(SCHEME.length()).strip();
    if (token.isEmpty() || token.length() > MAX_TOKEN) {
      throw new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS, "The bearer token is not one of this server.");
    }
    return new Call(logins.caller(token, exchange.id()), exchange.id());
  }
}
