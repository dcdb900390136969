package dev.anvil.http.jersey;

import dev.anvil.http.route.Route;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Target;
import dev.anvil.identity.Call;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.spi.Container;

/**
 * Runs JAX-RS resources on a Jetty core request, on the thread that calls it, until they have
 * answered. Jersey sees a path whose segments are encoded beyond ambiguity, so a key with slashes,
 * dots or semicolons is one segment to it.
 */
public final class JerseyBridge implements Container {
  // no resource builds links from it, and a Host header must not be able to
  private static final URI BASE = URI.create("http://anvil/");

  private final HeldBodies bodies;
  private volatile ApplicationHandler app;

  /**
   * With the resources of this configuration.
   *
   * @param heldBodies memory for the bodies of all its requests together, in bytes
   */
  public JerseyBridge(ResourceConfig config, int heldBodies) {
    app = new ApplicationHandler(config);
    bodies = new HeldBodies(heldBodies);
  }

  /**
   * Has Java load what an application takes, ahead of the first one: most of the time that it needs
   * to begin. To be over before one is made, for two threads must not load the same at once.
   */
  public static void warmUp() {
    new ApplicationHandler(Resources.of(List.of(new Empty())));
  }

  /** A resource of which nothing can be asked. */
  @Path("none")
  @Produces(MediaType.APPLICATION_JSON)
  public static final class Empty {
    /** Nothing. */
    @GET
    public String nothing() {
      return "";
    }
  }

  /** Starts what the resources bring. */
  public void start() {
    app.onStartup(this);
  }

  /** Lets go of it. */
  public void stop() {
    app.onShutdown(this);
  }

  /**
   * Answers; throws what the resource threw if nothing was sent yet.
   *
   * @param again who calls, asked anew
   */
  public void answer(Exchange exchange, Route route, Target target, Call call, Supplier<Call> again)
      throws Exception {
    String query = exchange.query().canonical();
    URI uri = BASE.resolve(target.canonicalPath() + (query == null ? "" : "?" + query));
    // a HEAD is a GET whose body Jetty does not send: so its head is the same
    ContainerRequest in =
        new ContainerRequest(
            BASE,
            uri,
            exchange.isHead() ? "GET" : exchange.method(),
            NobodyInParticular.INSTANCE,
            new MapPropertiesDelegate(),
            app.getConfiguration());
    boolean untyped = hasNoBody(exchange);
    for (HttpField field : exchange.headers()) {
      if (untyped && field.getHeader() == HttpHeader.CONTENT_TYPE) {
        continue;
      }
      in.header(field.getName(), field.getValue() == null ? "" : field.getValue());
    }
    var body = bodies.hold(exchange.body(route.body().limit(exchange.limits())));
    in.setEntityStream(body);
    Exchanges.put(in, exchange, call, again);
    BridgeWriter writer = new BridgeWriter(exchange);
    in.setWriter(writer);
    try {
      app.handle(in);
      writer.await();
    } finally {
      body.release();
    }
  }

  /** Then its type describes nothing, and is no reason to refuse it. */
  private static boolean hasNoBody(Exchange exchange) {
    return exchange.isHead() || exchange.method().equals("GET") || exchange.bodyLength() == 0;
  }

  @Override
  public ResourceConfig getConfiguration() {
    return app.getConfiguration();
  }

  @Override
  public ApplicationHandler getApplicationHandler() {
    return app;
  }

  @Override
  public void reload() {
    reload(new ResourceConfig(getConfiguration()));
  }

  @Override
  public void reload(ResourceConfig configuration) {
    app.onShutdown(this);
    app = new ApplicationHandler(configuration);
    app.onReload(this);
    app.onStartup(this);
  }
}
