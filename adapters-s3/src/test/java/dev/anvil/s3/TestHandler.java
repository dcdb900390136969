package dev.anvil.s3;

import dev.anvil.s3.wire.S3Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;

/** The gateway as a Jetty handler, without the listener of the product. */
final class TestHandler extends Handler.Abstract {
  private final S3Gateway gateway;
  private final AtomicLong ids = new AtomicLong();
  final List<String> operations = new CopyOnWriteArrayList<>();

  TestHandler(S3Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try {
      gateway.answer(request, response, new Peer(request, response));
      callback.succeeded();
    } catch (Exception e) {
      callback.failed(e);
    }
    return true;
  }

  private final class Peer implements S3Peer {
    private final Request request;
    private final Response response;
    private final String id = "r-" + ids.incrementAndGet();

    Peer(Request request, Response response) {
      this.request = request;
      this.response = response;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public InputStream body() {
      return Request.asInputStream(request);
    }

    @Override
    public long bodyLength() {
      long length = request.getLength();
      boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
      return length >= 0 || chunked ? length : 0;
    }

    @Override
    public void write(ByteBuffer bytes, boolean last) throws IOException {
      try (Blocker.Callback written = Blocker.callback()) {
        response.write(last, bytes, written);
        written.block();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void refuse(byte[] body) throws IOException {
      boolean unread = bodyLength() != 0;
      if (unread) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
      }
      write(ByteBuffer.wrap(body), true);
      if (unread && !request.getHeaders().contains(HttpHeader.EXPECT)) {
        body().readNBytes(1 << 20);
      }
    }

    @Override
    public void operation(String name) {
      operations.add(name);
    }

    @Override
    public void caller(String actor) {}

    @Override
    public void code(String wire) {}

    @Override
    public String remote() {
      return "127.0.0.1";
    }
  }
}
