package dev.anvil.app.callers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One address before a server that may move; it can lose answers on their way back. */
final class Relay implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final ServerSocket socket;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger dropped = new AtomicInteger();
  private volatile URI target;
  private volatile String dropAnswersTo;

  Relay(URI target) {
    this.target = target;
    try {
      socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Connections go there from now on. */
  void to(URI server) {
    target = server;
  }

  /** The next answer to what begins so never arrives, though the server gave it. */
  void dropNextAnswerTo(String requestLine) {
    dropAnswersTo = requestLine;
  }

  int dropped() {
    return dropped.get();
  }

  /** Breaks all connections off. */
  void cut() {
    open.forEach(Relay::end);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> relay(client));
      } catch (IOException e) {
        // closed by the test
        return;
      }
    }
  }

  private void relay(Socket client) {
    try (client;
        Socket server = new Socket("127.0.0.1", target.getPort())) {
      open.add(server);
      Answers answers = new Answers();
      Thread back = Thread.ofVirtual().start(() -> answers.back(server, client));
      byte[] buffer = new byte[BUFFER];
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        String begin = new String(buffer, 0, Math.min(n, 200), StandardCharsets.ISO_8859_1);
        String lost = dropAnswersTo;
        if (lost != null && begin.startsWith(lost)) {
          dropAnswersTo = null;
          answers.drop = true;
        }
        out.write(buffer, 0, n);
        out.flush();
      }
      server.shutdownOutput();
      back.join();
    } catch (IOException e) {
      // either side went away, which ends both
      end(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  /** The way back of one connection. */
  private final class Answers {
    private volatile boolean drop;

    void back(Socket server, Socket client) {
      try {
        byte[] buffer = new byte[BUFFER];
        InputStream in = server.getInputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          if (drop) {
            dropped.incrementAndGet();
            break;
          }
          client.getOutputStream().write(buffer, 0, n);
        }
      } catch (IOException e) {
        // the other way sees it too
        drop = true;
      }
      end(client);
      end(server);
    }
  }

  private static void end(Socket one) {
    try {
      one.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    cut();
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
