package dev.anvil.app.events;

import dev.anvil.ports.events.Webhooks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts over sockets of its own, so that the address that was looked at is the one that is
 * connected to, whatever a name resolves to a moment later. One connection a post; of the answer
 * only the status line is read.
 */
public final class SocketWebhooks implements Webhooks {
  /** Milliseconds until a connection stands, and of silence of the peer. */
  static final int TIMEOUT_MILLIS = 3_000;

  /** Milliseconds of a whole post, however slowly the peer goes about it. */
  static final int POST_MILLIS = 7_000;

  /** Bytes of a status line. */
  private static final int MAX_LINE = 1_024;

  private final AllowedAddresses allowed;
  private final Supplier<SSLSocketFactory> tls;

  /**
   * To allowed addresses only; certificates are checked by the factory and against the host.
   *
   * @param tls asked at each post over TLS: who never posts does not read the certificates it
   *     trusts, which takes longer than opening the stores
   */
  public SocketWebhooks(AllowedAddresses allowed, Supplier<SSLSocketFactory> tls) {
    this.allowed = allowed;
    this.tls = tls;
  }

  @Override
  public List<Outcome> post(List<Post> posts) {
    if (posts.size() > MAX_POSTS) {
      throw new IllegalArgumentException(posts.size() + " posts are more than " + MAX_POSTS);
    }
    List<Attempt> attempts = new ArrayList<>();
    for (Post post : posts) {
      Attempt attempt = new Attempt(post);
      attempts.add(attempt);
      Thread.ofVirtual().name("anvil-webhook").start(attempt.task);
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(POST_MILLIS);
    return attempts.stream().map(a -> a.outcome(end)).toList();
  }

  /** One post in a thread of its own; closing its socket ends it. */
  private final class Attempt {
    private final Post post;
    private final FutureTask<Outcome> task;
    private volatile Socket socket;

    Attempt(Post post) {
      this.post = post;
      this.task = new FutureTask<>(this::run);
    }

    Outcome outcome(long end) {
      try {
        return task.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        close();
        return new Outcome(false, "no answer within " + POST_MILLIS + " ms");
      } catch (ExecutionException e) {
        return new Outcome(false, String.valueOf(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        close();
        return new Outcome(false, "interrupted");
      }
    }

    private void close() {
      Socket open = socket;
      try {
        if (open != null) {
          open.close();
        }
      } catch (IOException e) {
        // it is given up either way
        return;
      }
    }

    private Outcome run() {
      URI url = post.url();
      try {
        boolean secure = url.getScheme().equals("https");
        int port = url.getPort() < 0 ? secure ? 443 : 80 : url.getPort();
        InetAddress address = allowedAddress(host(url));
        if (address == null) {
          return new Outcome(
              false,
              "an address of " + url.getHost() + " is this machine's or private, and not listed");
        }
        try (Socket plain = new Socket()) {
          socket = plain;
          plain.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
          plain.setSoTimeout(TIMEOUT_MILLIS);
          return secure ? overTls(plain, url, port) : exchange(plain, url);
        }
      } catch (IOException | RuntimeException e) {
        return new Outcome(false, e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }

    /**
     * The address that is looked at is the one that is connected to; null if one is not allowed.
     */
    private InetAddress allowedAddress(String host) throws IOException {
      InetAddress[] all = InetAddress.getAllByName(host);
      for (InetAddress address : all) {
        if (!allowed.allows(address)) {
          return null;
        }
      }
      return all[0];
    }

    private Outcome overTls(Socket plain, URI url, int port) throws IOException {
      try (SSLSocket secure = (SSLSocket) tls.get().createSocket(plain, host(url), port, true)) {
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return exchange(secure, url);
      }
    }

    private Outcome exchange(Socket open, URI url) throws IOException {
      StringBuilder head = new StringBuilder(512);
      String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
      String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
      head.append("POST ").append(path).append(query).append(" HTTP/1.1\r\n");
      head.append("Host: ").append(url.getRawAuthority()).append("\r\n");
      head.append("User-Agent: anvil\r\nConnection: close\r\n");
      head.append("Content-Length: ").append(post.body().length).append("\r\n");
      post.headers()
          .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      OutputStream out = open.getOutputStream();
      out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
      out.write(post.body());
      out.flush();
      return status(line(open.getInputStream()));
    }
  }

  private static String host(URI url) {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (line.length() == MAX_LINE) {
        throw new IOException("the answer does not begin as HTTP does");
      }
      line.append((char) b);
    }
    return line.toString().strip();
  }

  private static Outcome status(String line) {
    if (!line.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
      return new Outcome(false, "the answer is not HTTP/1.1");
    }
    int status = Integer.parseInt(line.substring(9, 12));
    return new Outcome(status >= 200 && status < 300, "status " + status);
  }
}
