package dev.anvil.bench.replay;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One keep-alive connection with at most one request under way. It does not block: {@link #flush}
 * and {@link #readable} do what can be done now. Answers are framed and counted, not kept.
 */
final class Lane implements AutoCloseable {
  /** Buffers of one thread, shared by its lanes. */
  static final class Buffers {
    // a request of this size leaves in one write, head and body together
    private static final int SMALL = 128 << 10;
    private final ByteBuffer out = ByteBuffer.allocateDirect(SMALL);
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 20);
  }

  private final SocketChannel channel;
  private final Buffers buffers;
  private final AnswerParser parser = new AnswerParser();
  // volatile: the thread that reads sees what the one that sent has set before
  private volatile Shot shot;
  private long began;
  private ByteBuffer rest;

  Lane(URI endpoint, Buffers buffers) throws IOException {
    this.buffers = buffers;
    channel = SocketChannel.open(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  SocketChannel channel() {
    return channel;
  }

  /** When the request under way began to count. */
  long began() {
    return began;
  }

  /** Begins a request; true if all of it has left, false if {@link #flush} has to go on. */
  boolean send(Shot next, long since) throws IOException {
    began = since;
    parser.expect(next.headOnly());
    shot = next;
    ByteBuffer out = buffers.out.clear();
    out.put(next.head());
    byte[] body = next.template();
    int sent = 0;
    if (body != null) {
      int at = out.position();
      sent = Math.min(body.length, out.remaining());
      out.put(body, 0, sent);
      if (body.length >= Long.BYTES) {
        out.putLong(at, next.stamp());
      }
    }
    channel.write(out.flip());
    if (out.hasRemaining()) {
      // rare: the kernel took a part of a large request; what is left is copied out of the shared
      // buffer
      ByteBuffer left =
          ByteBuffer.allocate(out.remaining() + (body == null ? 0 : body.length - sent));
      left.put(out);
      if (body != null) {
        left.put(body, sent, body.length - sent);
      }
      rest = left.flip();
    } else if (body != null && sent < body.length) {
      rest = ByteBuffer.wrap(body, sent, body.length - sent);
    }
    return rest == null || flush();
  }

  /** Sends more of a large body; true when all of it has left. */
  boolean flush() throws IOException {
    while (rest.hasRemaining()) {
      ByteBuffer out = buffers.out.clear();
      int n = Math.min(out.remaining(), rest.remaining());
      int position = rest.position();
      out.put(rest.slice(position, n)).flip();
      int sent = channel.write(out);
      rest.position(position + sent);
      if (sent < n) {
        return false;
      }
    }
    rest = null;
    return true;
  }

  /** Reads what is there; true when the answer is whole. */
  boolean readable() throws IOException {
    if (shot == null) {
      throw new IOException("an answer to nothing");
    }
    while (true) {
      ByteBuffer in = buffers.in.clear();
      int n = channel.read(in);
      if (n < 0) {
        throw new EOFException("the server closed a connection under load");
      }
      if (n == 0) {
        return false;
      }
      if (parser.take(in.flip())) {
        return true;
      }
      if (n < in.capacity()) {
        return false;
      }
    }
  }

  /** Whether the whole answer is what was expected. */
  boolean asExpected() {
    return parser.status() / 100 == 2
        && (shot.answerBytes() < 0 || shot.headOnly() || parser.bodyBytes() == shot.answerBytes());
  }

  /** What came instead. */
  String surprise() {
    return "status " + parser.status() + " with " + parser.bodyBytes() + " bytes";
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
