package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.http.jersey.JerseyBridge;
import dev.anvil.http.settings.HttpLimits;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server listens before what operations on documents take is made. */
class FirstRequestsTest {
  private static final int AT_ONCE = 8;

  @Test
  void theyAllWaitForWhatOneOfThemOrTheServerMakes() throws Exception {
    try (Running running = new Running(HttpLimits.standard(), null);
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> requests =
          Stream.concat(
                  IntStream.range(0, AT_ONCE)
                      .mapToObj(_ -> asked(running, running.open("/v1/health/ready"))),
                  IntStream.range(0, AT_ONCE)
                      .mapToObj(_ -> asked(running, running.management("/readyz"))))
              .toList();
      Future<?> loading = senders.submit(running.server::load);
      for (Future<Integer> answered : senders.invokeAll(requests)) {
        assertThat(answered.get()).isEqualTo(200);
      }
      loading.get();
      running.server.load();
      assertThat(running.get(running.open("/v1/health/ready")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void bytesNeedNoneOfIt() throws Exception {
    try (Running running = new Running(HttpLimits.standard(), null)) {
      HttpRequest.Builder put =
          running
              .authorised("/v1/buckets/photos/objects/a")
              .PUT(HttpRequest.BodyPublishers.ofString("a"));
      assertThat(running.send(put).statusCode()).isLessThan(300);
    }
  }

  @Test
  void whatHasStoppedIsNotMadeAnyMore() {
    JerseyBridge bridge = new JerseyBridge(List.of(), 1);
    bridge.stop();
    bridge.start();
    assertThat(bridge.getApplicationHandler()).isNull();
  }

  private static Callable<Integer> asked(Running running, URI uri) {
    return () -> running.get(uri).statusCode();
  }
}
