package dev.anvil.http.server;

import dev.anvil.authz.relations.DescribeCall;
import dev.anvil.http.use.Use;
import dev.anvil.http.wire.Exchange;
import dev.anvil.identity.AuthenticateAdmin;
import dev.anvil.identity.AuthenticateToken;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Circumstances;
import dev.anvil.ports.failure.Unauthenticated;
import java.util.Set;
import java.util.function.BiFunction;

/** Takes the bearer token out of a request (RFC 6750, in the header only) and asks who that is. */
public final class BearerCalls implements NativeWay.Authenticator {
  private static final String SCHEME = "Bearer ";
  private static final int MAX_TOKEN_CHARS = 16 << 10;

  private final BiFunction<Call, String, Caller> first;
  private final BiFunction<Call, String, Caller> again;
  private final Use<DescribeCall.Command, DescribeCall.Result> describe;
  private final Set<String> trustedProxies;

  private BearerCalls(
      BiFunction<Call, String, Caller> first,
      BiFunction<Call, String, Caller> again,
      Use<DescribeCall.Command, DescribeCall.Result> describe,
      Set<String> trustedProxies) {
    this.first = first;
    this.again = again;
    this.describe = describe;
    this.trustedProxies = Set.copyOf(trustedProxies);
  }

  /**
   * Access tokens of applications, which may say for whom and in which context they call; forwarded
   * headers count from the proxies named.
   *
   * @param first asked when a request comes
   * @param again asked while it lasts
   */
  public static BearerCalls ofTokens(
      Use<AuthenticateToken.Command, AuthenticateToken.Result> first,
      Use<AuthenticateToken.Command, AuthenticateToken.Result> again,
      Use<DescribeCall.Command, DescribeCall.Result> describe,
      Set<String> trustedProxies) {
    return new BearerCalls(
        (call, token) -> first.execute(call, new AuthenticateToken.Command(token)).caller(),
        (call, token) -> again.execute(call, new AuthenticateToken.Command(token)).caller(),
        describe,
        trustedProxies);
  }

  /** Credentials of administrators. */
  public static BearerCalls ofAdmins(Use<AuthenticateAdmin.Command, AuthenticateAdmin.Result> use) {
    BiFunction<Call, String, Caller> login =
        (call, token) -> use.execute(call, new AuthenticateAdmin.Command(token)).caller();
    return new BearerCalls(login, login, null, Set.of());
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
    if (token.isEmpty() || token.length() > MAX_TOKEN_CHARS) {
      throw new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS, "The bearer token is not one of this server.");
    }
    BiFunction<Call, String, Caller> login = exchange.caller().isEmpty() ? first : again;
    Caller caller = login.apply(Call.anonymous(exchange.id()), token);
    Call call = new Call(caller, exchange.id(), circumstances(exchange));
    return describe == null ? call : described(exchange, call);
  }

  private Circumstances circumstances(Exchange exchange) {
    NativeFacts facts = new NativeFacts(exchange, trustedProxies);
    return Circumstances.from(facts.client(), facts.secure(), facts);
  }

  @Override
  public Call nobody(Exchange exchange) {
    return new Call(Caller.ANONYMOUS, exchange.id(), circumstances(exchange));
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
}
