package dev.anvil.bench.load;

import dev.anvil.bench.process.MetricsPage;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Closed-loop clients: each sends its next request when it has the answer to the last. */
final class Load {
  private static final long MAX_MICROS = 60_000_000;

  /** Requests of one client. */
  interface Source {
    /** The next one, or null when there is nothing left to do. */
    Request next();
  }

  /** Makes the requests of the client with that number. */
  interface Sources {
    Source of(int client);
  }

  private final ServerProcess server;
  private final String token;

  Load(ServerProcess server, String token) {
    this.server = server;
    this.token = token;
  }

  /** Warms up and measures; the sources run through both. */
  Row run(String name, int clients, Pace pace, Sources sources) throws IOException {
    Phase phase = new Phase();
    LongAdder failures = new LongAdder();
    try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
      List<Future<Histogram>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        Source source = sources.of(i);
        running.add(executor.submit(() -> client(source, phase, failures)));
      }
      phase.sleep(pace.warmUp());
      long cpu = server.sample().cpuMicros();
      Map<String, Double> before = Counters.of(server.metrics());
      long began = System.nanoTime();
      phase.state = State.MEASURED;
      phase.sleepOrDone(pace.measured(), running);
      phase.state = State.OVER;
      double seconds = (System.nanoTime() - began) / 1e9;
      long spent = server.sample().cpuMicros() - cpu;
      MetricsPage after = server.metrics();
      Histogram all = new Histogram(MAX_MICROS, 3);
      for (Future<Histogram> one : running) {
        all.add(one.get());
      }
      return new Row(
          name,
          all.getTotalCount(),
          failures.sum(),
          seconds,
          all.getValueAtPercentile(50),
          all.getValueAtPercentile(99),
          spent,
          Counters.growth(before, Counters.of(after)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted under load", e);
    } catch (ExecutionException e) {
      throw new IOException("a client failed: " + e.getCause(), e);
    } finally {
      phase.state = State.OVER;
    }
  }

  /** Sends everything the sources have, unmeasured. */
  void drain(int clients, Sources sources) throws IOException {
    try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
      Phase phase = new Phase();
      LongAdder failures = new LongAdder();
      List<Future<Histogram>> running =
          IntStream.range(0, clients)
              .mapToObj(i -> executor.submit(() -> client(sources.of(i), phase, failures)))
              .toList();
      for (Future<Histogram> one : running) {
        one.get();
      }
      if (failures.sum() > 0) {
        throw new IOException(failures.sum() + " requests failed while filling");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while filling", e);
    } catch (ExecutionException e) {
      throw new IOException("a client failed: " + e.getCause(), e);
    }
  }

  private Histogram client(Source source, Phase phase, LongAdder failures) throws IOException {
    Histogram latencies = new Histogram(MAX_MICROS, 3);
    try (Client client = new Client(server.publicUrl(), token)) {
      while (phase.state != State.OVER) {
        Request request = source.next();
        if (request == null) {
          break;
        }
        long began = System.nanoTime();
        Answer answer = client.send(request);
        long micros = (System.nanoTime() - began) / 1000;
        if (phase.state == State.MEASURED) {
          if (answer.ok()) {
            latencies.recordValue(Math.min(micros, MAX_MICROS));
          } else {
            failures.increment();
          }
        } else if (!answer.ok()) {
          failures.increment();
        }
      }
    }
    return latencies;
  }

  private enum State {
    WARMING,
    MEASURED,
    OVER
  }

  private static final class Phase {
    private volatile State state = State.WARMING;

    private void sleep(Duration time) throws InterruptedException {
      Thread.sleep(time);
    }

    /** Ends early when all clients have run out of requests. */
    private void sleepOrDone(Duration time, List<Future<Histogram>> running)
        throws InterruptedException {
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < end && !running.stream().allMatch(Future::isDone)) {
        Thread.sleep(Math.clamp((end - System.nanoTime()) / 1_000_000, 1, 20));
      }
    }
  }
}
