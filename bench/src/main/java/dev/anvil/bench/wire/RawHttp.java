package dev.anvil.bench.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One keep-alive HTTP/1.1 connection, used by one thread. It connects when first used and again
 * after any failure or a {@code Connection: close}; it never repeats a request by itself, because
 * the caller must know that the outcome of the first try is open.
 */
public final class RawHttp implements AutoCloseable {
  /** Largest body that is kept in memory; a larger one needs a {@link Sink}. */
  public static final int MAX_KEPT_BODY = 80 << 20;

  private static final int SMALL_BODY = 64 << 10;

  /** Takes the bytes of a body as they come. */
  public interface Sink {
    /** The next bytes; the array is reused afterwards. */
    void accept(byte[] buffer, int offset, int length) throws IOException;
  }

  private final String host;
  private final int port;
  private final Duration timeout;
  private Socket socket;
  private OutputStream out;
  private ResponseReader in;

  /** For a base URL such as {@code http://127.0.0.1:7480}; every wait is bounded by the timeout. */
  public RawHttp(URI base, Duration timeout) {
    this.host = base.getHost();
    this.port = base.getPort();
    this.timeout = timeout;
  }

  /** Sends a request and reads its whole answer into memory. */
  public Answer send(Request request) throws IOException {
    return send(request, null);
  }

  /**
   * Sends a request; a successful answer's body goes to the sink (null keeps it).
   *
   * @throws IOException if the connection failed: the outcome is unknown
   */
  public Answer send(Request request, Sink sink) throws IOException {
    try {
      connect();
      write(request);
      Answer answer = in.answer(request.method().equals("HEAD"), sink);
      if (in.closing()) {
        close();
      }
      return answer;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Sends bytes as they are: hostile input. */
  public void sendRaw(byte[] bytes) throws IOException {
    connect();
    out.write(bytes);
    out.flush();
  }

  /** Reads the next answer of what {@link #sendRaw} sent. */
  public Answer receive() throws IOException {
    return in.answer(false, null);
  }

  /** Whether the server ends the connection within the timeout without saying anything more. */
  public boolean closedByPeer() throws IOException {
    return in.atEnd();
  }

  /** Ends our side of sending, as a client does that has gone away half way. */
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  private void connect() throws IOException {
    if (socket != null) {
      return;
    }
    Socket fresh = new Socket();
    try {
      fresh.setTcpNoDelay(true);
      fresh.setSoTimeout((int) timeout.toMillis());
      fresh.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
      out = fresh.getOutputStream();
      in = new ResponseReader(fresh.getInputStream());
      socket = fresh;
    } finally {
      if (socket != fresh) {
        fresh.close();
      }
    }
  }

  private void write(Request request) throws IOException {
    Request.Body body = request.body();
    StringBuilder head = new StringBuilder(256);
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host).append(':').append(port).append("\r\n");
    head.append(request.fields());
    if (body != null && body.length() >= 0) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    } else if (body != null) {
      head.append("Transfer-Encoding: chunked\r\n");
    }
    head.append("\r\n");
    byte[] first = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    if (body instanceof Request.Bytes(byte[] bytes) && bytes.length <= SMALL_BODY) {
      // head and body in one segment: a second small one would wait for the first one's ACK
      byte[] both = new byte[first.length + bytes.length];
      System.arraycopy(first, 0, both, 0, first.length);
      System.arraycopy(bytes, 0, both, first.length, bytes.length);
      out.write(both);
    } else {
      out.write(first);
      writeBody(body);
    }
  }

  private void writeBody(Request.Body body) throws IOException {
    if (body == null) {
      return;
    }
    if (body.length() >= 0) {
      body.writeTo(out);
      return;
    }
    ChunkedOutput chunks = new ChunkedOutput(out);
    body.writeTo(chunks);
    chunks.finish();
  }

  /** Ends the connection; the next request opens another. */
  @Override
  public void close() {
    Socket old = socket;
    socket = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        // a connection that fails to close is gone all the same
      }
    }
  }
}
