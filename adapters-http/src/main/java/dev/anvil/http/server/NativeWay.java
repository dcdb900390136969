package dev.anvil.http.server;

import dev.anvil.authz.ScreenName;
import dev.anvil.http.jersey.JerseyBridge;
import dev.anvil.http.route.Route;
import dev.anvil.http.route.RouteTable;
import dev.anvil.http.use.Use;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Problem;
import dev.anvil.http.wire.Query;
import dev.anvil.http.wire.Refusal;
import dev.anvil.http.wire.Target;
import dev.anvil.http.wire.TokenProblems;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.NotImplemented;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;

/**
 * One API: find the operation, find out who calls, shut the reserved namespace, and only then let
 * it run. Nothing of the body is read before that.
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

    /** The call of a request without credentials. */
    default Call nobody(Exchange exchange) {
      return Call.anonymous(exchange.id());
    }
  }

  /**
   * The operations, and what answers them.
   *
   * @param routes the table, read by who asks first: that takes a tenth of a start
   * @param plain handlers by operation name; must hold every plain route of the table
   */
  public record Parts(Supplier<RouteTable> routes, JerseyBridge jersey, Map<String, Plain> plain) {
    /** Keeps its own map. */
    public Parts {
      plain = Map.copyOf(plain);
    }

    RouteTable table() {
      return routes.get();
    }
  }

  private final String api;
  private final Unbuilt unbuilt;
  private final Parts parts;
  private final Authenticator authenticator;
  private final NameScreen screen;

  private NativeWay(
      String api,
      Unbuilt unbuilt,
      Parts parts,
      Authenticator authenticator,
      Use<ScreenName.Command, ScreenName.Result> screen) {
    this.api = api;
    this.unbuilt = unbuilt;
    this.parts = parts;
    this.authenticator = authenticator;
    this.screen = new NameScreen(screen);
  }

  /** The API of applications. */
  public static NativeWay ofApplications(
      Parts parts, Authenticator authenticator, Use<ScreenName.Command, ScreenName.Result> screen) {
    return new NativeWay("native", Unbuilt.OF_APPLICATIONS, parts, authenticator, screen);
  }

  /** The API of administrators. */
  public static NativeWay ofAdministrators(
      Parts parts, Authenticator authenticator, Use<ScreenName.Command, ScreenName.Result> screen) {
    return new NativeWay("management", Unbuilt.OF_ADMINISTRATORS, parts, authenticator, screen);
  }

  /**
   * Reads the table of operations, so that no request has to; on any thread.
   *
   * @throws IllegalStateException if nothing answers one of them
   */
  public void load() {
    for (Route route : parts.table().routes()) {
      if (route.plain() && !parts.plain().containsKey(route.operation())) {
        throw new IllegalStateException("nothing answers " + route.operation());
      }
    }
  }

  @Override
  public void answer(Exchange exchange) throws Exception {
    requireShortTarget(exchange);
    exchange.operation(api, "none");
    Target target = target(exchange);
    RouteTable.Match match = parts.table().match(exchange.method(), target);
    Route route = match.route();
    String missing = route == null ? unbuilt.capability(target.segments()) : null;
    if (route != null) {
      exchange.operation(api, route.operation());
      if (route.ofTokens()) {
        exchange.wording(TokenProblems::of);
      }
    }
    Call call = Call.anonymous(exchange.id());
    if (route == null ? missing != null || target.ofBuckets() : !route.open()) {
      boolean nobody =
          route != null && route.anybody() && exchange.header("Authorization").isEmpty();
      call = nobody ? authenticator.nobody(exchange) : caller(exchange);
      screen.line(exchange, target, call);
    }
    if (route == null) {
      throw unknown(exchange, missing, match);
    }
    if (exchange.rawQuery() != null) {
      exchange.query(Query.parse(exchange.rawQuery()));
      exchange.query().requireOnly(route.query());
    }
    requireKnown(exchange, route);
    try {
      run(exchange, route, target, call);
    } catch (Exception failure) {
      screen.body(exchange, call, failure);
      throw failure;
    }
  }

  private static void requireKnown(Exchange exchange, Route route) {
    for (String name : route.refused()) {
      if (exchange.header(name).isPresent()) {
        throw new Invalid(
            Invalid.Reason.ARGUMENT,
            "this operation takes no precondition " + name + "; send it without",
            Map.of("header", name));
      }
    }
  }

  private void run(Exchange exchange, Route route, Target target, Call call) throws Exception {
    if (route.plain()) {
      parts.plain().get(route.operation()).answer(exchange, target, call);
    } else {
      Supplier<Call> again =
          () ->
              call.caller().anonymous()
                  ? authenticator.nobody(exchange)
                  : authenticator.authenticate(exchange);
      parts.jersey().answer(exchange, route, target, call, again);
    }
  }

  private Call caller(Exchange exchange) {
    Call call = authenticator.authenticate(exchange);
    exchange.caller(call.caller().actor());
    return call;
  }

  private Target target(Exchange exchange) {
    try {
      return Target.parse(exchange.method(), exchange.rawPath());
    } catch (Invalid undecodable) {
      if (Target.rawName(exchange.rawPath()) != null) {
        screen.undecodable(exchange, caller(exchange));
      }
      throw undecodable;
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
      Exchange exchange, String missing, RouteTable.Match match) {
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
