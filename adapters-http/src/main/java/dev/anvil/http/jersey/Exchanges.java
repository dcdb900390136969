package dev.anvil.http.jersey;

import dev.anvil.http.wire.Exchange;
import dev.anvil.identity.Call;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.ext.InterceptorContext;
import java.util.function.Supplier;

/** From a JAX-RS request back to what this server knows of it. */
public final class Exchanges {
  private static final String EXCHANGE = "dev.anvil.exchange";
  private static final String CALL = "dev.anvil.call";
  private static final String AGAIN = "dev.anvil.again";

  private Exchanges() {}

  static void put(
      ContainerRequestContext request, Exchange exchange, Call call, Supplier<Call> again) {
    request.setProperty(EXCHANGE, exchange);
    request.setProperty(CALL, call);
    request.setProperty(AGAIN, again);
  }

  /** The exchange underneath. */
  public static Exchange of(ContainerRequestContext request) {
    return (Exchange) request.getProperty(EXCHANGE);
  }

  /** The exchange under a body being read. */
  static Exchange of(InterceptorContext body) {
    return (Exchange) body.getProperty(EXCHANGE);
  }

  /** Who calls; null in open operations. */
  public static Call call(ContainerRequestContext request) {
    return (Call) request.getProperty(CALL);
  }

  /** Who calls, asked anew by an answer that waited; fails where the credentials do by then. */
  @SuppressWarnings("unchecked")
  public static Supplier<Call> again(ContainerRequestContext request) {
    return (Supplier<Call>) request.getProperty(AGAIN);
  }
}
