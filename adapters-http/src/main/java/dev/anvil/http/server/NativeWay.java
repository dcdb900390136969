package dev.anvil.http.server;

import dev.anvil.http.jersey.JerseyBridge;
import dev.anvil.http.route.Route;
import dev.anvil.http.route.RouteTable;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Problem;
import dev.anvil.http.wire.Query;
import dev.anvil.http.wire.Refusal;
import dev.anvil.http.wire.Target;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.NotImplemented;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;

/**
 * One API: find the operation, find out who calls, and only then let it run. Nothing of the body is
 * read before that.
 */
public final class NativeWay implements Door.Way {
  /** An operation on bytes, without JAX-RS. */
  @FunctionalInterface
  public interface Plain {
    /** Answers on this thread. */
    void answer(Exchange exchange, Target target, Call call) throws Exception;
  }

  /** Who calls. */
  @FunctionalInterface
  public interface Authenticator {
    /** The call of these credentials; throws Unauthenticated. */
    Call authenticate(Exchange exchange);
  }

  private final String api;
  private final RouteTable table;
  private final JerseyBridge jersey;
  private final Map<String, Plain> plain;
  private final Authenticator authenticator;

  /**
   * @param api name for metrics and logs
   * @param plain handlers by operation name; must hold every plain route of the table
   */
  public NativeWay(
      String api,
      RouteTable table,
      JerseyBridge jersey,
      Map<String, Plain> plain,
      Authenticator authenticator) {
    this.api = api;
    this.table = table;
    this.jersey = jersey;
    this.plain = Map.copyOf(plain);
    this.authenticator = authenticator;
    for (Route route : table.routes()) {
      if (route.plain() && !plain.containsKey(route.operation())) {
        throw new IllegalStateException("nothing answers " + route.operation());
      }
    }
  }

  @Override
  public void answer(Exchange exchange) throws Exception {
    requireShortTarget(exchange);
    Target target = Target.parse(exchange.method(), exchange.rawPath());
    RouteTable.Match match = table.match(exchange.method(), target);
    Route route = match.route();
    if (route == null) {
      exchange.operation(api, "none");
      throw unknown(exchange, target, match);
    }
    exchange.operation(api, route.operation());
    exchange.query(Query.parse(exchange.rawQuery()));
    exchange.query().requireOnly(route.query());
    Call call = Call.anonymous(exchange.id());
    if (!route.open()) {
      call = authenticator.authenticate(exchange);
      exchange.caller(call.caller().actor());
    }
    if (route.plain()) {
      plain.get(route.operation()).answer(exchange, target, call);
    } else {
      jersey.answer(exchange, route, target, call);
    }
  }

  private static void requireShortTarget(Exchange exchange) {
    String query = exchange.rawQuery();
    int length = exchange.rawPath().length() + (query == null ? 0 : query.length());
    if (length > exchange.limits().targetLength()) {
      throw new Refusal(
          new Problem(
              414,
              "TargetTooLong",
              "The request target is longer than " + exchange.limits().targetLength() + " bytes.",
              false,
              Map.of("limit", exchange.limits().targetLength(), "length", length)));
    }
  }

  private static RuntimeException unknown(
      Exchange exchange, Target target, RouteTable.Match match) {
    String missing = Unbuilt.capability(target.segments());
    if (missing != null && match.allowed().isEmpty()) {
      return new NotImplemented("This server does not have the capability '" + missing + "' yet.");
    }
    if (match.allowed().isEmpty()) {
      return new NotFound(
          NotFound.Reason.ROUTE, "No operation has this path; /v1/docs/ lists them all.");
    }
    String allow = String.join(", ", match.allowed());
    exchange.response().getHeaders().put(HttpHeader.ALLOW, allow);
    return new Invalid(
        Invalid.Reason.METHOD,
        "This path does not know the method " + exchange.method() + "; it knows " + allow + ".",
        Map.of("allowed", allow));
  }
}
