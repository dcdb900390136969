package dev.anvil.http.server;

import dev.anvil.http.settings.HttpLimits;
import dev.anvil.http.wire.Exchange;
import dev.anvil.ports.time.Ticker;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts off peers that hold us up: bodies below a rate, in either direction, and TLS handshakes and
 * request heads that take too long. Jetty's idle time-out is no help there, for it starts again
 * with every byte, and its minimum data rates are settings that nothing reads.
 */
public final class PeerWatch extends AbstractLifeCycle implements Connection.Listener {
  private static final long PERIOD_MILLIS = 500;

  private final HttpLimits limits;
  private final Ticker ticker;
  private final Scheduler scheduler;
  private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
  private final Map<Connection, Head> heads = new ConcurrentHashMap<>();
  private final Map<Connection, Long> handshakes = new ConcurrentHashMap<>();
  private volatile Scheduler.Task next;

  /** Looks twice a second. */
  public PeerWatch(HttpLimits limits, Ticker ticker, Scheduler scheduler) {
    this.limits = limits;
    this.ticker = ticker;
    this.scheduler = scheduler;
  }

  /** What a connection had received when it was last seen between two requests. */
  private static final class Head {
    private long messages;
    private long settledBytes;
    private long since;
    private boolean partial;
    private int active;

    synchronized void active(int change) {
      active += change;
      partial = false;
    }

    /** Whether a head has been arriving for longer than allowed. */
    synchronized boolean late(Connection connection, long now, long allowed) {
      long bytes = connection.getBytesIn();
      if (active > 0 || connection.getMessagesIn() != messages) {
        messages = connection.getMessagesIn();
        settledBytes = bytes;
        partial = false;
        return false;
      }
      if (bytes == settledBytes) {
        return false;
      }
      if (!partial) {
        partial = true;
        since = now;
      }
      return now - since > allowed;
    }
  }

  void add(Exchange exchange) {
    exchanges.add(exchange);
    Head head = heads.get(exchange.request().getConnectionMetaData().getConnection());
    if (head != null) {
      head.active(1);
    }
  }

  void remove(Exchange exchange) {
    exchanges.remove(exchange);
    Head head = heads.get(exchange.request().getConnectionMetaData().getConnection());
    if (head != null) {
      head.active(-1);
    }
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof SslConnection tls) {
      begin(tls);
    } else if (connection instanceof ConnectionMetaData http
        && http.getHttpVersion() != HttpVersion.HTTP_2) {
      heads.put(connection, new Head());
    }
  }

  private void begin(SslConnection tls) {
    handshakes.put(tls, ticker.nanos());
    tls.addHandshakeListener(
        new SslHandshakeListener() {
          @Override
          public void handshakeSucceeded(Event event) {
            handshakes.remove(tls);
          }
        });
  }

  @Override
  public void onClosed(Connection connection) {
    heads.remove(connection);
    handshakes.remove(connection);
  }

  private void look() {
    long now = ticker.nanos();
    long allowed = limits.headTime().toNanos();
    for (Exchange exchange : exchanges) {
      if (exchange.stalled()) {
        exchange.abort();
      }
    }
    heads.forEach((connection, head) -> {
      if (head.late(connection, now, allowed)) {
        connection.getEndPoint().close();
      }
    });
    handshakes.forEach((connection, since) -> {
      if (now - since > allowed) {
        connection.getEndPoint().close();
      }
    });
    if (isRunning()) {
      next = scheduler.schedule(this::look, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  protected void doStart() {
    next = scheduler.schedule(this::look, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() {
    Scheduler.Task task = next;
    if (task != null) {
      task.cancel();
    }
  }
}
