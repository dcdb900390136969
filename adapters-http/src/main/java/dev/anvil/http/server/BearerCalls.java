package dev.anvil.http.server;

import dev.anvil.authz.relations.DescribeCall;
import dev.anvil.http.use.Use;
import dev.anvil.http.wire.Exchange;
import dev.anvil.identity.Action;
import dev.anvil.identity.AuthenticateAdmin;
import dev.anvil.identity.AuthenticateToken;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Circumstances;
import dev.anvil.ports.failure.Unauthenticated;
import java.util.List;
import java.util.function.BiFunction;

/** Takes the bearer token out of a request (RFC 6750, in the header only) and asks who that is. */
public final class BearerCalls implements NativeWay.Authenticator {
  private static final String SCHEME = "Bearer ";
  private static final int MAX_TOKEN = 16 << 10;

  private final BiFunction<Call, String, Caller> logins;
  private final Use<DescribeCall.Command, DescribeCall.Result> describe;

  private BearerCalls(
      BiFunction<Call, String, Caller> logins,
      Use<DescribeCall.Command, DescribeCall.Result> describe) {
    this.logins = logins;
    this.describe = describe;
  }

  /** Access tokens of applications, which may say for whom and in which context they call. */
  public static BearerCalls ofTokens(
      Use<AuthenticateToken.Command, AuthenticateToken.Result> use,
      Use<DescribeCall.Command, DescribeCall.Result> describe) {
    return new BearerCalls(
        (call, token) -> use.execute(call, new AuthenticateToken.Command(token)).caller(),
        describe);
  }

  /** Credentials of administrators. */
  public static BearerCalls ofAdmins(Use<AuthenticateAdmin.Command, AuthenticateAdmin.Result> use) {
    return new BearerCalls(
        (call, token) -> use.execute(call, new AuthenticateAdmin.Command(token)).caller(), null);
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
    Caller caller = logins.apply(Call.anonymous(exchange.id()), token);
    Call call =
        new Call(caller, exchange.id(), new Connection(exchange.remote(), exchange.encrypted()));
    return describe == null ? call : described(exchange, call);
  }

  private Call described(Exchange exchange, Call call) {
    String subject = exchange.header(DescribeCall.SUBJECT).orElse(null);
    String context = exchange.header(DescribeCall.CONTEXT).orElse(null);
    String revision = exchange.header(DescribeCall.TOKEN).orElse(null);
    if (subject == null && context == null && revision == null) {
      return call;
    }
    return describe.execute(call, new DescribeCall.Command(subject, context, revision)).call();
  }

  /** Where a request came from, as conditions name it. */
  private record Connection(String remote, boolean encrypted) implements Circumstances {
    @Override
    public List<String> operation(Action action) {
      return null;
    }

    @Override
    public String value(String key) {
      return switch (key) {
        case SOURCE_IP -> remote.isEmpty() ? null : remote;
        case SECURE -> Boolean.toString(encrypted);
        default -> null;
      };
    }
  }
}
