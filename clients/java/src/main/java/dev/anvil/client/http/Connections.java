package dev.anvil.client.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Connections to one server, kept between requests for a while. A client of few classes: one that
 * does everything takes longer to start than a verb to answer.
 */
final class Connections implements AutoCloseable {
  private static final long KEPT_NANOS = 5_000_000_000L;
  private static final int MOST_KEPT = 32;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final URI base;
  private final SSLContext trust;
  private final int connectMillis;
  private final int readMillis;
  private final ConcurrentLinkedDeque<Connection> free = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /** Made like this. */
  Connections(URI base, Transport transport) {
    this.connectMillis = Math.toIntExact(transport.connect().toMillis());
    this.readMillis = Math.toIntExact(transport.silence().toMillis());
    String scheme = base.getScheme();
    if (!"http".equals(scheme) && !"https".equals(scheme) || base.getHost() == null) {
      throw new ClientException(
          ClientException.USAGE,
          "'" + base + "' is no address of a server: expected http://HOST:PORT or https://HOST");
    }
    this.base = base;
    this.trust = scheme.equals("https") ? trust(transport) : null;
  }

  private static SSLContext trust(Transport transport) {
    return transport.trust() == null ? Trust.context() : transport.trust();
  }

  /**
   * Sends a request and gives the head of the answer with its open body. A kept connection that
   * turns out to be closed is replaced once, if the request does no harm twice.
   */
  Reply exchange(String method, String target, Map<String, String> headers, Content content)
      throws IOException {
    Connection kept = kept();
    if (kept != null) {
      try {
        return exchange(kept, method, target, headers, content);
      } catch (IOException e) {
        if (kept.answering() || !content.again() || method.equals("POST")) {
          throw e;
        }
      }
    }
    return exchange(open(), method, target, headers, content);
  }

  private static Reply exchange(
      Connection on, String method, String target, Map<String, String> headers, Content content)
      throws IOException {
    try {
      return on.exchange(method, target, headers, content);
    } catch (IOException | RuntimeException e) {
      on.close();
      throw e;
    }
  }

  private Connection kept() {
    for (Connection c = free.pollFirst(); c != null; c = free.pollFirst()) {
      if (System.nanoTime() - c.freeSince() < KEPT_NANOS) {
        return c;
      }
      c.close();
    }
    return null;
  }

  private void keep(Connection connection) {
    if (closed || free.size() >= MOST_KEPT) {
      connection.close();
    } else {
      free.addFirst(connection);
    }
  }

  private Connection open() throws IOException {
    String host = base.getHost();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = base.getPort() >= 0 ? base.getPort() : trust == null ? HTTP : HTTPS;
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(readMillis);
      socket.connect(new InetSocketAddress(bare, port), connectMillis);
      return new Connection(trust == null ? socket : secured(socket, bare, port), this::keep);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    // the certificate must be of the host that was asked for
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  @Override
  public void close() {
    closed = true;
    for (Connection c = free.pollFirst(); c != null; c = free.pollFirst()) {
      c.close();
    }
  }
}
