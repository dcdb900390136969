package dev.anvil.bench.side;

import dev.anvil.bench.process.Stillness;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Rest of a server before its window: what it still does for earlier rows is not this row's cost.
 * The same for every server, and bounded, as one of them may never rest.
 */
final class Rest {
  /** Time over which a server's CPU is looked at. */
  static final Duration LOOK = Duration.ofMillis(500);

  /** Part of a core below which it rests. */
  static final double STILL = 0.05;

  /** What a server may be waited for in a run, beyond the first looks; then one look is all. */
  static final Duration IN_ALL = Duration.ofSeconds(60);

  /** Passes time. */
  interface Sleep {
    void pass(Duration time) throws IOException;
  }

  /** CPU time of a server so far, microseconds. */
  interface Cpu {
    long micros() throws IOException;
  }

  /**
   * How long a server was waited for before its windows, seconds.
   *
   * @param spent on all windows beyond the first looks
   * @param unrested windows that began before it rested
   */
  record Waited(double median, double most, double spent, int unrested) {}

  private final Duration longest;
  private final LongSupplier nanos;
  private final Sleep sleep;
  private final Map<String, Server> servers = new LinkedHashMap<>();

  private static final class Server {
    final List<Double> seconds = new ArrayList<>();
    double spent;
    int unrested;
  }

  /** Of a run that has not waited yet, and waits so long at most before one window. */
  Rest(Duration longest) {
    this(longest, System::nanoTime, Rest::sleep);
  }

  /** The same in another time. */
  Rest(Duration longest, LongSupplier nanos, Sleep sleep) {
    this.longest = longest;
    this.nanos = nanos;
    this.sleep = sleep;
  }

  private static void sleep(Duration time) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted before a window", e);
    }
  }

  /** Waits until the server rests, and for others of the machine as long as was usual before. */
  void await(Stage stage) throws IOException {
    await(stage.contender().name(), () -> stage.contender().sample().cpuMicros());
    Stillness.await();
  }

  /** Waits until that server rests, as long as the bounds let it. */
  void await(String name, Cpu cpu) throws IOException {
    Server server = servers.computeIfAbsent(name, _ -> new Server());
    double left = Math.min(seconds(longest), seconds(LOOK) + seconds(IN_ALL) - server.spent);
    long began = nanos.getAsLong();
    boolean rests = false;
    double waited = 0;
    while (!rests && waited + seconds(LOOK) <= Math.max(seconds(LOOK), left)) {
      long before = cpu.micros();
      long from = nanos.getAsLong();
      sleep.pass(LOOK);
      double micros = (nanos.getAsLong() - from) / 1e3;
      rests = cpu.micros() - before < STILL * micros;
      waited = (nanos.getAsLong() - began) / 1e9;
    }
    server.seconds.add(waited);
    server.spent += Math.max(0, waited - seconds(LOOK));
    server.unrested += rests ? 0 : 1;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** What each server was waited for so far. */
  Map<String, Waited> waited() {
    Map<String, Waited> found = new LinkedHashMap<>();
    servers.forEach((name, server) -> {
      double[] sorted = server.seconds.stream().mapToDouble(d -> d).sorted().toArray();
      double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
      double most = Arrays.stream(sorted).max().orElse(0);
      found.put(name, new Waited(median, most, server.spent, server.unrested));
    });
    return found;
  }
}
