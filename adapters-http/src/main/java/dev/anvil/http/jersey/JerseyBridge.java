package dev.anvil.http.jersey;

import dev.anvil.http.route.Route;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Target;
import dev.anvil.identity.Call;
import java.net.URI;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
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
 *
 * <p>The application is made by {@link #start} or by the first request, whichever is sooner; others
 * wait for it. It takes longer to make than all else of a listener, and requests of bytes do
 * without.
 */
public final class JerseyBridge implements Container {
  // no resource builds links from it, and a Host header must not be able to
  private static final URI BASE = URI.create("http://anvil/");

  /** Two threads must not load the same classes at once, so one application is made at a time. */
  private static final Lock MAKING = new ReentrantLock();

  private final List<Object> resources;
  private final HeldBodies bodies;
  private ApplicationHandler made;
  private volatile ApplicationHandler started;
  private boolean stopped;

  /**
   * With these resources; nothing is made of them yet.
   *
   * @param heldBodies memory for the bodies of all its requests together, in bytes
   */
  public JerseyBridge(List<Object> resources, int heldBodies) {
    this.resources = List.copyOf(resources);
    this.bodies = new HeldBodies(heldBodies);
  }

  /** Makes the application and starts what the resources bring, unless that is done. */
  public void start() {
    MAKING.lock();
    try {
      if (made == null && !stopped) {
        begin(Resources.of(resources));
      }
    } finally {
      MAKING.unlock();
    }
  }

  private void begin(ResourceConfig config) {
    made = new ApplicationHandler(config);
    made.onStartup(this);
    started = made;
  }

  /** Lets go of it; waits for one that is being made. */
  public void stop() {
    MAKING.lock();
    try {
      stopped = true;
      if (made != null) {
        made.onShutdown(this);
      }
    } finally {
      MAKING.unlock();
    }
  }

  private ApplicationHandler app() {
    ApplicationHandler app = started;
    if (app == null) {
      start();
      app = started;
    }
    if (app == null) {
      throw new IllegalStateException("the listener has stopped");
    }
    return app;
  }

  /**
   * Answers; throws what the resource threw if nothing was sent yet.
   *
   * @param again who calls, asked anew
   */
  public void answer(Exchange exchange, Route route, Target target, Call call, Supplier<Call> again)
      throws Exception {
    ApplicationHandler app = app();
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
    return made.getConfiguration();
  }

  @Override
  public ApplicationHandler getApplicationHandler() {
    return made;
  }

  @Override
  public void reload() {
    reload(new ResourceConfig(getConfiguration()));
  }

  @Override
  public void reload(ResourceConfig configuration) {
    MAKING.lock();
    try {
      made.onShutdown(this);
      begin(configuration);
      made.onReload(this);
    } finally {
      MAKING.unlock();
    }
  }
}
