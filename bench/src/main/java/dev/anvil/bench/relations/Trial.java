package dev.anvil.bench.relations;

import dev.anvil.bench.process.ProcSample;
import dev.anvil.bench.process.ProcessTree;
import dev.anvil.bench.process.Stillness;
import dev.anvil.bench.replay.ClosedLoop;
import dev.anvil.bench.replay.Loader;
import dev.anvil.bench.replay.Magazine;
import dev.anvil.bench.replay.Shot;
import dev.anvil.bench.replay.Volley;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Runs a row on a server and notes what it cost. */
final class Trial {
  /** Of a row right before its window. */
  static final Duration WARM_UP = Duration.ofMillis(400);

  private static final int WARM_SHOTS = 4_000;
  // more different questions than a window asks of a server whose answers are kept in a cache
  private static final int MOST_READS = 40_000;
  private static final double SPARE = 2;
  private static final long ME = ProcessHandle.current().pid();

  private final Duration window;

  Trial(Duration window) {
    this.window = window;
  }

  /** A window's requests and what they came to in units. */
  private record Done(Volley volley, double units) {}

  private interface Action {
    Done run() throws IOException;
  }

  /** How requests of a row are made that do not depend on answers. */
  private record Making(Supplier<Request> make, int units, int warm, int most) {}

  private static Making making(Row row, Stand stand) {
    Talk talk = stand.server().talk();
    return switch (row.load()) {
      case Row.Reads(var make, int questions) ->
          new Making(
              () -> make.apply(talk, stand.random()),
              1,
              WARM_SHOTS / questions,
              MOST_READS / questions);
      case Row.Writes(int tuples) ->
          new Making(
              () -> talk.write(stand.fresh(tuples)),
              tuples,
              WARM_SHOTS / tuples,
              Integer.MAX_VALUE);
      case Row.Lists _ -> throw new IllegalArgumentException(row.name() + " is a list");
    };
  }

  /** A moment of a row that is not measured. */
  void warm(Row row, Stand stand) throws IOException {
    if (row.load() instanceof Row.Lists lists) {
      list(stand, lists, Duration.ZERO);
    } else {
      warm(new ClosedLoop(stand.server().endpoint(), row.clients()), making(row, stand), stand);
    }
  }

  private static Volley warm(ClosedLoop loop, Making making, Stand stand) throws IOException {
    return good(loop.run(Magazine.once(shots(stand, making.make(), making.warm())), WARM_UP));
  }

  /** Measures a row; what goes wrong is in the sample. */
  Sample run(Row row, Stand stand, int round) {
    try {
      if (row.load() instanceof Row.Lists lists) {
        list(stand, lists, Duration.ZERO);
        Stillness.await();
        return around(row, stand, round, () -> list(stand, lists, window));
      }
      return replay(row, stand, round);
    } catch (IOException e) {
      return Sample.failed(row.name(), stand.server().name(), round, e.getMessage());
    }
  }

  private Sample replay(Row row, Stand stand, int round) throws IOException {
    ClosedLoop loop = new ClosedLoop(stand.server().endpoint(), row.clients());
    Making making = making(row, stand);
    Volley warm = warm(loop, making, stand);
    double expected = warm.rate() * SPARE * window.toMillis() / 1e3;
    int count = (int) Math.min(making.most(), expected + row.clients());
    Magazine magazine = Magazine.once(shots(stand, making.make(), count));
    Stillness.await();
    return around(
        row,
        stand,
        round,
        () -> {
          Volley volley = good(loop.run(magazine, window));
          return new Done(volley, volley.operations() * (double) making.units());
        });
  }

  private static List<Shot> shots(Stand stand, Supplier<Request> make, int count) {
    List<Shot> shots = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      shots.add(Loader.whole(stand.server().endpoint(), make.get()));
    }
    return shots;
  }

  private static Volley good(Volley volley) throws IOException {
    if (volley.failures() > 0 || volley.operations() == 0) {
      throw new IOException(volley.failures() + " failed, the first: " + volley.firstFailure());
    }
    return volley;
  }

  /** One list after the other until the time is over, at least one, every one counted. */
  private static Done list(Stand stand, Row.Lists lists, Duration window) throws IOException {
    Talk talk = stand.server().talk();
    Request request = lists.make().apply(talk);
    Talk.Marks marks = talk.marks(lists.users());
    Histogram micros = new Histogram(3);
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long began = System.nanoTime();
    long now = began;
    try (RawHttp http = stand.connect()) {
      do {
        long before = now;
        long[] seen = {0};
        Answer answer =
            http.send(
                request,
                (buffer, offset, length) -> {
                  for (int i = offset; i < offset + length; i++) {
                    seen[0] += buffer[i] == marks.mark() ? 1 : 0;
                  }
                });
        if (!answer.ok() || seen[0] != (long) marks.each() * lists.entries() + marks.more()) {
          throw new IOException("a list is not whole: " + seen[0] + " marks; " + answer);
        }
        now = System.nanoTime();
        micros.recordValue((now - before) / 1_000);
      } while (now - began < window.toNanos());
    }
    long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
    long lists1 = micros.getTotalCount();
    return new Done(new Volley(lists1, 0, null, (now - began) / 1e9, micros, spent), lists1);
  }

  private static Sample around(Row row, Stand stand, int round, Action action) throws IOException {
    RelationServer server = stand.server();
    ProcessTree.resetPeak(server.pid());
    ProcSample before = server.sample();
    long database = server.databaseMicros();
    long own = ProcSample.of(ME).cpuMicros();
    long machine = ProcessTree.machineMicros();
    long began = System.nanoTime();
    Done done = action.run();
    ProcSample after = server.sample();
    long spent = after.cpuMicros() - before.cpuMicros();
    long databaseSpent = server.databaseMicros() - database;
    long client = ProcSample.of(ME).cpuMicros() - own;
    long others = ProcessTree.machineMicros() - machine - spent - databaseSpent - client;
    // to the moment up to which the machine's time was counted, which is later on a busy one
    double wall = (System.nanoTime() - began) / 1e3;
    return new Sample(
        row.name(),
        server.name(),
        round,
        null,
        done.units(),
        done.volley().seconds(),
        spent,
        databaseSpent,
        done.volley().clientNanos() / 1e3,
        done.volley().micros().getValueAtPercentile(50) / 1e3,
        done.volley().micros().getValueAtPercentile(99) / 1e3,
        after.peakRssBytes(),
        Math.max(0, others / wall));
  }
}
