package dev.anvil.http.server;

import dev.anvil.http.use.Use;
import dev.anvil.http.wire.Exchange;
import dev.anvil.identity.AuthenticateAdmin;
import dev.anvil.identity.AuthenticateToken;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.ports.failure.Unauthenticated;
import java.util.Set;
import java.util.function.BiFunction;

/** Takes the bearer token out of a request (RFC 6750, in the header only) and asks who that is. */
public final class BearerCalls implements NativeWay.Authenticator {
  private static final String SCHEME = "Bearer ";
  private static final int MAX_TOKEN = 16 << 10;

  private final BiFunction<Call, String, Caller> logins;
  private final Set<String> trustedProxies;

  private BearerCalls(BiFunction<Call, String, Caller> logins, Set<String> trustedProxies) {
    this.logins = logins;
    this.trustedProxies = Set.copyOf(trustedProxies);
  }

  /** Access tokens of applications; forwarded headers count from the proxies named. */
  public static BearerCalls ofTokens(
      Use<AuthenticateToken.Command, AuthenticateToken.Result> use, Set<String> trustedProxies) {
    return new BearerCalls(
        (call, token) -> use.execute(call, new AuthenticateToken.Command(token)).caller(),
        trustedProxies);
  }

  /** Credentials of administrators. */
  public static BearerCalls ofAdmins(Use<AuthenticateAdmin.Command, AuthenticateAdmin.Result> use) {
    return new BearerCalls(
        (call, token) -> use.execute(call, new AuthenticateAdmin.Command(token)).caller(),
        Set.of());
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
    return new Call(
        logins.apply(Call.anonymous(exchange.id()), token),
        exchange.id(),
        new NativeCircumstances(exchange, trustedProxies));
  }

  @Override
  public Call nobody(Exchange exchange) {
    return new Call(
        Caller.ANONYMOUS, exchange.id(), new NativeCircumstances(exchange, trustedProxies));
  }
}
