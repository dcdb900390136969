package dev.anvil.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The loops send what was loaded, each once, and count what comes back. */
@Tag("fast")
class LoopsTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private HttpServer server;
  private URI endpoint;
  private final Set<Long> stamps = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger bytes = new AtomicInteger();

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    byte[] body = exchange.getRequestBody().readAllBytes();
    bytes.addAndGet(body.length);
    if (body.length >= Long.BYTES) {
      stamps.add(ByteBuffer.wrap(body).getLong());
    }
    boolean wrong = exchange.getRequestURI().getPath().equals("/wrong");
    byte[] said = new byte[exchange.getRequestURI().getPath().equals("/short") ? 3 : 7];
    exchange.sendResponseHeaders(wrong ? 500 : 200, said.length);
    exchange.getResponseBody().write(said);
    exchange.close();
  }

  @Test
  void closedLoopSendsEachOnceWithItsOwnBody() throws IOException {
    Volley volley = new ClosedLoop(endpoint, 4).run(Magazine.once(puts(50, 4096)), BOUND);
    assertThat(volley.operations()).isEqualTo(50);
    assertThat(volley.failures()).isZero();
    assertThat(stamps).containsAll(LongStream.range(0, 50).boxed().toList()).hasSize(50);
    assertThat(bytes.get()).isEqualTo(50 * 4096);
    assertThat(volley.clientNanos()).isPositive();
    assertThat(volley.micros().getTotalCount()).isEqualTo(50);
  }

  @Test
  void bodiesLargerThanAnyBufferArriveWhole() throws IOException {
    Volley volley = new ClosedLoop(endpoint, 2).run(Magazine.once(puts(4, 9 << 20)), BOUND);
    assertThat(volley.operations()).isEqualTo(4);
    assertThat(bytes.get()).isEqualTo(4 * (9 << 20));
    assertThat(stamps).hasSize(4);
  }

  @Test
  void closedLoopEndsWithItsWindow() throws IOException {
    Volley volley =
        new ClosedLoop(endpoint, 2)
            .run(Magazine.forever(List.of(get("/x", 7))), Duration.ofMillis(200));
    assertThat(volley.operations()).isPositive().isEqualTo(requests.get());
    assertThat(volley.seconds()).isBetween(0.19, 10.0);
  }

  @Test
  void openLoopKeepsItsRate() throws IOException {
    Volley volley =
        new OpenLoop(endpoint, 8)
            .run(Magazine.forever(List.of(get("/x", 7))), 100, Duration.ofMillis(500));
    assertThat(volley.operations()).isEqualTo(50);
    assertThat(volley.failures()).isZero();
    // the last one is due 490 ms after the first
    assertThat(volley.seconds()).isGreaterThan(0.48);
  }

  @Test
  void wrongAnswersAreFailures() throws IOException {
    List<Shot> shots = List.of(get("/x", 7), get("/wrong", 7), get("/short", 7), get("/short", -1));
    Volley closed = new ClosedLoop(endpoint, 1).run(Magazine.once(shots), BOUND);
    assertThat(closed.operations()).isEqualTo(2);
    assertThat(closed.failures()).isEqualTo(2);
    assertThat(closed.firstFailure()).contains("500");
    Volley open = new OpenLoop(endpoint, 1).run(Magazine.once(shots), 200, BOUND);
    assertThat(open.operations()).isEqualTo(2);
    assertThat(open.failures()).isEqualTo(2);
  }

  private Shot get(String path, long answerBytes) {
    return Loader.bearer(endpoint, "t").bodiless("GET", path, answerBytes);
  }

  private List<Shot> puts(int count, int size) {
    Loader loader = Loader.signed(endpoint, "key", "secret");
    byte[] template = new byte[size];
    List<Shot> shots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shots.add(loader.put("/b/" + i, template, i));
    }
    return shots;
  }
}
