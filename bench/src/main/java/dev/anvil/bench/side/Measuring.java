package dev.anvil.bench.side;

import dev.anvil.bench.load.Counters;
import dev.anvil.bench.peers.Contender;
import dev.anvil.bench.process.ProcSample;
import dev.anvil.bench.process.ProcessTree;
import dev.anvil.bench.process.Stillness;
import dev.anvil.bench.replay.ClosedLoop;
import dev.anvil.bench.replay.Magazine;
import dev.anvil.bench.replay.OpenLoop;
import dev.anvil.bench.replay.Volley;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Runs one row on one server and notes what it cost. */
public final class Measuring {
  /** Of a row right before its window. */
  static final Duration WARM_UP = Duration.ofMillis(500);

  /** Share of a window that its requests at half the rate take. */
  static final double OPEN = 0.4;

  private static final double SPARE = 2;
  private static final long ME = ProcessHandle.current().pid();

  /** What comes right before a window. */
  interface Pause {
    void before(Stage stage) throws IOException;
  }

  private final Duration window;
  private final Pause pause;

  /** In windows of that length, each after the machine came to rest. */
  public Measuring(Duration window) {
    this(window, _ -> Stillness.await());
  }

  /** In windows of that length, each after such a pause. */
  Measuring(Duration window, Pause pause) {
    this.window = window;
    this.pause = pause;
  }

  /** One row; what goes wrong is the sample's failure. */
  public Sample run(Row row, Stage stage, int round) {
    String server = stage.contender().name();
    try {
      return switch (row.load()) {
        case Row.Replayed replayed -> replay(row, replayed, stage, round);
        case Row.Driven(Row.Drive drive) -> {
          drive.run(stage, WARM_UP);
          pause.before(stage);
          yield around(row, stage, round, () -> drive.run(stage, window));
        }
      };
    } catch (IOException e) {
      return Sample.failed(row.name(), row.unit(), server, round, e.getMessage());
    }
  }

  /** The row's requests for as long as a window, unmeasured. */
  void warm(Row row, Stage stage) throws IOException {
    switch (row.load()) {
      case Row.Replayed load -> {
        ClosedLoop loop = new ClosedLoop(stage.contender().endpoint(), load.clients());
        fire(load, stage, load.warm(), magazine -> loop.run(magazine, window));
        load.shots().over(stage);
      }
      case Row.Driven(Row.Drive drive) -> drive.run(stage, window);
    }
  }

  private Sample replay(Row row, Row.Replayed load, Stage stage, int round) throws IOException {
    URI endpoint = stage.contender().endpoint();
    ClosedLoop loop = new ClosedLoop(endpoint, load.clients());
    Volley warm = fire(load, stage, load.warm(), magazine -> loop.run(magazine, WARM_UP));
    int count =
        (int) Math.min(load.most(), warm.rate() * SPARE * window.toMillis() / 1e3 + load.clients());
    Magazine magazine = load.shots().load(stage, count);
    pause.before(stage);
    Sample closed =
        around(
            row,
            stage,
            round,
            () -> {
              Volley volley = loop.run(magazine, window);
              return new Row.Take(volley, volley.operations());
            });
    load.shots().sent(stage, magazine.taken());
    Sample.Open open = null;
    if (load.open() && closed.ok()) {
      double half = closed.rate() / 2;
      Duration time = Duration.ofMillis((long) (OPEN * window.toMillis()));
      int due = (int) (half * time.toMillis() / 1e3) + 1;
      OpenLoop fixed = new OpenLoop(endpoint, Math.max(16, 2 * load.clients()));
      Volley volley = fire(load, stage, due, m -> fixed.run(m, half, time));
      open = new Sample.Open(volley.rate(), millis(volley, 50), millis(volley, 99));
    }
    load.shots().over(stage);
    return with(closed, open);
  }

  private interface Shooting {
    Volley run(Magazine magazine) throws IOException;
  }

  private static Volley fire(Row.Replayed load, Stage stage, int count, Shooting shooting)
      throws IOException {
    Magazine magazine = load.shots().load(stage, count);
    Volley volley = shooting.run(magazine);
    load.shots().sent(stage, magazine.taken());
    if (volley.failures() > 0) {
      throw new IOException(volley.failures() + " failed, the first: " + volley.firstFailure());
    }
    return volley;
  }

  private interface Action {
    Row.Take run() throws IOException;
  }

  private static Sample around(Row row, Stage stage, int round, Action action) throws IOException {
    Contender contender = stage.contender();
    ProcessTree.resetPeak(contender.pid());
    Map<String, Double> counters = contender.counters();
    ProcSample before = contender.sample();
    long own = ProcSample.of(ME).cpuMicros();
    long machine = ProcessTree.machineMicros();
    long began = System.nanoTime();
    Row.Take take = action.run();
    double wall = (System.nanoTime() - began) / 1e3;
    ProcSample after = contender.sample();
    long spent = after.cpuMicros() - before.cpuMicros();
    long client = ProcSample.of(ME).cpuMicros() - own;
    long others = ProcessTree.machineMicros() - machine - spent - client;
    Volley volley = take.volley();
    return new Sample(
        row.name(),
        row.unit(),
        contender.name(),
        round,
        take.units(),
        volley.operations(),
        volley.failures() == 0 && volley.operations() > 0
            ? null
            : volley.failures() + " failed, the first: " + volley.firstFailure(),
        volley.seconds(),
        spent,
        client,
        volley.clientNanos() / 1e3,
        millis(volley, 50),
        millis(volley, 99),
        null,
        after.peakRssBytes(),
        Counters.growth(counters, contender.counters()),
        Math.max(0, others / wall));
  }

  private static Sample with(Sample s, Sample.Open open) {
    return new Sample(
        s.row(),
        s.unit(),
        s.server(),
        s.round(),
        s.units(),
        s.requests(),
        s.failure(),
        s.seconds(),
        s.cpuMicros(),
        s.clientMicros(),
        s.threadMicros(),
        s.p50(),
        s.p99(),
        open,
        s.peakRss(),
        s.counters(),
        s.otherCores());
  }

  private static double millis(Volley volley, double percentile) {
    return volley.micros().getValueAtPercentile(percentile) / 1e3;
  }
}
