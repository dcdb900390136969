package dev.anvil.http.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.anvil.authz.ScreenName;
import dev.anvil.http.use.Use;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.PercentCoding;
import dev.anvil.http.wire.Problem;
import dev.anvil.http.wire.Query;
import dev.anvil.http.wire.Refusal;
import dev.anvil.http.wire.Target;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.ReservedNamespace;
import java.nio.charset.StandardCharsets;

/**
 * Shows every name of a request to the screen before the reserved namespace, so that its refusal
 * comes before all others but those of who calls: names of the path and the query before anything
 * is done, names of a document once something else was found to be wrong with it.
 */
final class NameScreen {
  private static final String PREFIX = "prefix";
  private static final int TOO_MANY_REQUESTS = 429;

  private final Use<ScreenName.Command, ScreenName.Result> screen;

  NameScreen(Use<ScreenName.Command, ScreenName.Result> screen) {
    this.screen = screen;
  }

  /** Key of the path and prefixes of the query. */
  void line(Exchange exchange, Target target, Call call) {
    if (target.name() != null) {
      show(call, action(exchange), target.name().getBytes(StandardCharsets.UTF_8));
    }
    if (target.ofBuckets() && exchange.rawQuery() != null) {
      for (String prefix : Query.lenient(exchange.rawQuery(), PREFIX)) {
        show(call, Action.OBJECT_LIST, prefix.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** The bytes of a key that are no text: they may still lie in the reserved namespace. */
  void undecodable(Exchange exchange, Call call) {
    String raw = Target.rawName(exchange.rawPath());
    if (raw != null) {
      show(call, action(exchange), PercentCoding.lenientBytes(raw));
    }
  }

  /** The reserved name that the body held, if the request failed by its own fault. */
  void body(Exchange exchange, Call call, Exception failure) {
    byte[] reserved = exchange.reservedName();
    if (reserved != null && !exchange.response().isCommitted() && ownFault(failure)) {
      show(call, action(exchange), reserved);
    }
  }

  private static boolean ownFault(Exception failure) {
    int status =
        switch (failure) {
          case ReservedNamespace _ -> 0;
          case AnvilException known -> Problem.of(known).status();
          case Refusal refusal -> refusal.problem().status();
          case JsonProcessingException _ -> 400;
          default -> 0;
        };
    return status >= 400 && status < 500 && status != TOO_MANY_REQUESTS;
  }

  private void show(Call call, Action action, byte[] name) {
    screen.execute(call, new ScreenName.Command(action, name));
  }

  private static Action action(Exchange exchange) {
    return switch (exchange.method()) {
      case "GET", "HEAD" -> Action.OBJECT_READ;
      case "DELETE" -> Action.OBJECT_DELETE;
      default -> Action.OBJECT_WRITE;
    };
  }
}
