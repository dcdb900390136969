package dev.anvil.app.node;

import dev.anvil.http.server.PublicWay;
import dev.anvil.http.wire.BodyOutput;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Problems;
import dev.anvil.ports.time.Ticker;
import dev.anvil.s3.S3Gateway;
import dev.anvil.s3.wire.S3Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Hands requests of the public listener to the S3 gateway; the two do not know each other. */
final class S3Way implements PublicWay.Claiming {
  /** One body of 5 GiB in the smallest chunks there may be, with their signatures. */
  private static final long MAX_BODY = 6L << 30;

  private static final int BIN_BYTES = 8 << 10;

  private final S3Gateway gateway;
  private final Problems problems;

  S3Way(S3Gateway gateway, Ticker ticker) {
    this.gateway = gateway;
    this.problems = new Problems(ticker);
  }

  @Override
  public boolean claims(Exchange exchange) {
    return gateway.namesBucket(exchange.host());
  }

  @Override
  public void answer(Exchange exchange) throws Exception {
    gateway.answer(exchange.request(), exchange.response(), new Adapted(exchange, problems));
  }

  /** The listener's exchange as the gateway sees it. */
  private static final class Adapted implements S3Peer {
    private final Exchange exchange;
    private final Problems problems;
    private BodyOutput output;

    Adapted(Exchange exchange, Problems problems) {
      this.exchange = exchange;
      this.problems = problems;
    }

    @Override
    public String id() {
      return exchange.id();
    }

    @Override
    public InputStream body() {
      return exchange.body(MAX_BODY);
    }

    @Override
    public long bodyLength() {
      return exchange.bodyLength();
    }

    @Override
    public void write(ByteBuffer bytes, boolean last) throws IOException {
      if (output == null) {
        output = exchange.output();
      }
      output.write(bytes, last);
    }

    @Override
    public void flush() throws IOException {
      if (output != null) {
        output.flush();
      }
    }

    @Override
    public void refuse(byte[] body) throws IOException {
      if (exchange.bodyLength() != 0
          && exchange.bodyLength() <= exchange.limits().drain()
          && exchange.header("Expect").isEmpty()) {
        readRest(exchange);
      }
      problems.end(exchange, body);
    }

    /** A small body is nearly here: read first, the connection can go on afterwards. */
    private static void readRest(Exchange exchange) throws IOException {
      InputStream rest = exchange.body(MAX_BODY);
      byte[] bin = new byte[BIN_BYTES];
      long left = exchange.limits().drain();
      for (int n = rest.read(bin); n >= 0 && left > 0; n = rest.read(bin)) {
        left -= n;
      }
    }

    @Override
    public void operation(String name) {
      exchange.operation("s3", name);
    }

    @Override
    public void caller(String actor) {
      exchange.caller(actor);
    }

    @Override
    public void code(String wire) {
      exchange.code(wire);
    }

    @Override
    public String remote() {
      return exchange.remote();
    }
  }
}
