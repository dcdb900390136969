package dev.anvil.client.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** One connection: requests one after the other, each with its whole answer before the next. */
final class Connection implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Consumer<Connection> whenFree;
  private boolean stays;
  private boolean answering;
  private long freeSince;

  Connection(Socket socket, Consumer<Connection> whenFree) throws IOException {
    this.socket = socket;
    this.whenFree = whenFree;
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
  }

  InputStream in() {
    return in;
  }

  /** When its last answer ended, in {@link System#nanoTime}. */
  long freeSince() {
    return freeSince;
  }

  /** Whether anything came back for the newest request. */
  boolean answering() {
    return answering;
  }

  /** Sends a request and reads the head of its answer. */
  Reply exchange(String method, String target, Map<String, String> headers, Content content)
      throws IOException {
    answering = false;
    head(method, target, headers, content);
    try {
      body(content);
      out.flush();
    } catch (BodyUnreadable e) {
      throw new ClientException(
          ClientException.FAILED,
          "what was to be sent could not be read: " + e.getCause().getMessage());
    } catch (IOException e) {
      // a server that refuses a body need not read it: what it said may be there
      return early(e, method);
    }
    return answer(method);
  }

  private Reply early(IOException cut, String method) throws IOException {
    try {
      return answer(method);
    } catch (IOException e) {
      cut.addSuppressed(e);
      throw cut;
    }
  }

  private Reply answer(String method) throws IOException {
    in.mark(1);
    answering = in.read() >= 0;
    in.reset();
    HttpHead head = HttpHead.read(in);
    stays = head.staysOpen();
    return new Reply(head.status(), head.headers(), ReplyBody.of(this, method, head));
  }

  private void head(String method, String target, Map<String, String> headers, Content content)
      throws IOException {
    StringBuilder head = new StringBuilder(512);
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    headers.forEach((name, value) -> {
      if (hasControls(name) || hasControls(value)) {
        throw new ClientException(
            ClientException.USAGE, "header " + name + " holds a control character");
      }
      head.append(name).append(": ").append(value).append("\r\n");
    });
    if (content.length() == Content.UNKNOWN) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (content != Content.NONE || !method.equals("GET") && !method.equals("HEAD")) {
      head.append("Content-Length: ").append(content.length()).append("\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F);
  }

  private void body(Content content) throws IOException {
    if (content == Content.NONE) {
      return;
    }
    boolean chunked = content.length() == Content.UNKNOWN;
    long left = content.length();
    byte[] buffer =
        new byte[chunked ? BUFFER_BYTES : (int) Math.min(BUFFER_BYTES, Math.max(1, left))];
    try (InputStream from = open(content)) {
      while (chunked || left > 0) {
        int n = read(from, buffer, chunked ? BUFFER_BYTES : (int) Math.min(buffer.length, left));
        if (n < 0 && !chunked) {
          throw new BodyUnreadable(
              new IOException("the body ended " + left + " bytes early: it was cut meanwhile"));
        }
        if (n < 0) {
          break;
        }
        if (chunked && n > 0) {
          out.write(Integer.toHexString(n).getBytes(StandardCharsets.US_ASCII));
          out.write(LINE_END);
        }
        out.write(buffer, 0, n);
        if (chunked && n > 0) {
          out.write(LINE_END);
        }
        left -= n;
      }
    }
    if (chunked) {
      out.write('0');
      out.write(LINE_END);
      out.write(LINE_END);
    }
  }

  private static InputStream open(Content content) throws BodyUnreadable {
    try {
      return content.source().open();
    } catch (IOException e) {
      throw new BodyUnreadable(e);
    }
  }

  private static int read(InputStream from, byte[] buffer, int most) throws BodyUnreadable {
    try {
      return from.read(buffer, 0, most);
    } catch (IOException e) {
      throw new BodyUnreadable(e);
    }
  }

  /** The answer ended: another request may follow. */
  void free() {
    if (!stays) {
      close();
      return;
    }
    freeSince = System.nanoTime();
    whenFree.accept(this);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it is out of use either way; a socket that cannot be closed is closed by the process's end
      stays = false;
    }
  }

  /** What was to be sent could not be read: no fault of the connection. */
  private static final class BodyUnreadable extends IOException {
    private static final long serialVersionUID = 1L;

    BodyUnreadable(IOException cause) {
      super(cause);
    }
  }
}
