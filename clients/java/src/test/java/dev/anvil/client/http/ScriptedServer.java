package dev.anvil.client.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads requests one after the other and answers each with the next text it was given. */
public final class ScriptedServer implements AutoCloseable {
  private record Answer(String text, boolean last) {}

  private final ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** Listens at once. */
  public ScriptedServer() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  /** Where it listens. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Answers the next request with this. */
  public void answers(String text) {
    answers.add(new Answer(text, false));
  }

  /** The same, and the connection ends. */
  public void answersAndEnds(String text) {
    answers.add(new Answer(text, true));
  }

  /** Heads and bodies as they came. */
  public List<String> requests() {
    return requests;
  }

  /** So many were made. */
  public int connections() {
    return connections.get();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket one = socket.accept()) {
        connections.incrementAndGet();
        serve(one);
      } catch (IOException | InterruptedException e) {
        // the test sees what its client makes of it
        requests.add("broken off: " + e);
      }
    }
  }

  private void serve(Socket one) throws IOException, InterruptedException {
    InputStream in = new BufferedInputStream(one.getInputStream());
    for (String request = request(in); request != null; request = request(in)) {
      requests.add(request);
      Answer answer = answers.take();
      one.getOutputStream().write(answer.text().getBytes(StandardCharsets.UTF_8));
      if (answer.last()) {
        return;
      }
    }
  }

  private static String request(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String end = "\r\n\r\n";
    long more = -1;
    while (more != 0) {
      int b = in.read();
      if (b < 0) {
        return null;
      }
      bytes.write(b);
      more--;
      if (more < 0 && bytes.toString(StandardCharsets.UTF_8).endsWith(end)) {
        String head = bytes.toString(StandardCharsets.UTF_8);
        if (head.contains("chunked") && !head.endsWith("0\r\n\r\n")) {
          more = -1;
          continue;
        }
        int at = head.indexOf("Content-Length: ");
        more = at < 0 ? 0 : Long.parseLong(head.substring(at + 16, head.indexOf("\r\n", at)));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
