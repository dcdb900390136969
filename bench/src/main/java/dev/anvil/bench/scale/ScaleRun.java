package dev.anvil.bench.scale;

import dev.anvil.bench.filling.FillProcess;
import dev.anvil.bench.peers.AnvilContender;
import dev.anvil.bench.process.DiskUse;
import dev.anvil.bench.process.RunFolder;
import dev.anvil.bench.side.Measuring;
import dev.anvil.bench.side.Row;
import dev.anvil.bench.side.Sample;
import dev.anvil.bench.side.Space;
import dev.anvil.bench.side.Stage;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The study of one engine on one folder that grows from size to size. */
final class ScaleRun {
  private static final Duration WARM_WINDOW = Duration.ofMillis(700);
  private static final int WARM_CLIENTS = 16;
  private static final Duration CONSUMERS = Duration.ofSeconds(15);
  // a journal of this study is younger than any retention by time; this keeps size from trimming it
  private static final String RETENTION_MIB = "16384";

  private final ScaleOptions options;
  private final String engine;
  private final RunFolder run;
  private final AnvilContender server;
  private final Stage stage;
  private final long end;
  private final PrintStream progress;
  private final List<SizePoint> sizes = new ArrayList<>();
  private final List<ClientsPoint> clients = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private long objects;

  ScaleRun(ScaleOptions options, String engine, RunFolder run, long end, PrintStream progress) {
    this.options = options;
    this.engine = engine;
    this.run = run;
    this.server = new AnvilContender(run.path(), engine);
    this.stage = new Stage(server, options.seed());
    this.end = end;
    this.progress = progress;
  }

  List<SizePoint> sizes() {
    return sizes;
  }

  List<ClientsPoint> clients() {
    return clients;
  }

  List<String> remarks() {
    return remarks;
  }

  /** Size after size until the last, a bound, or the end of the time. */
  void run() throws IOException {
    try (server) {
      server.change(c -> c.set("JOURNAL_RETENTION_MIB", RETENTION_MIB));
      server.start();
      stage.space(Stage.SMALL, Stage.KIB_4);
      stage.adopt(ScaleRows.NEW, new Space(Stage.SMALL, Stage.KIB_4, ScaleRows.NEW_FROM));
      server.stop();
      for (long size : ScaleOptions.SIZES) {
        if (size > options.most(engine)) {
          return;
        }
        if (!fits(size)) {
          return;
        }
        double rate = fillTo(size);
        for (String heap : options.heaps(engine, size)) {
          measure(heap, rate);
        }
        if (objects < size) {
          return;
        }
      }
    }
  }

  /** Whether filling and measuring fit into what is left, as far as the last filling tells. */
  private boolean fits(long size) {
    // the first size is small, and nothing tells yet how fast it is filled
    boolean first = sizes.isEmpty();
    double rate = first ? 1 : sizes.getLast().fillRate();
    long more = first ? 0 : size - objects;
    double needed = ScaleOptions.neededSeconds(more, rate, options.heaps(engine, size).size());
    double left = (end - System.nanoTime()) / 1e9;
    if (needed > left) {
      remark(
          "%s: %,d objects were left out: %,.0f s are needed to fill in %,d and measure,"
              + " %,.0f s were left of %d minutes",
          engine, size, needed, more, left, options.bound().toMinutes());
    }
    return needed <= left;
  }

  private double fillTo(long size) throws IOException {
    long begin = objects;
    double seconds = 0;
    boolean slow = false;
    while (objects < size && !slow) {
      boolean large = objects < ScaleOptions.LARGE;
      long to = large ? Math.min(size, ScaleOptions.LARGE) : size;
      FillProcess.Filled filled =
          FillProcess.run(
              server.data(),
              engine,
              Stage.SMALL,
              objects,
              to - objects,
              large ? Stage.KIB_4 : ScaleOptions.SMALL_BYTES,
              options.least(),
              Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      slow = filled.objects() < to - objects;
      objects += filled.objects();
      seconds += filled.seconds();
    }
    double rate = (objects - begin) / seconds;
    progress.printf(Locale.ROOT, "%s: %,d objects, %,.0f/s%n", engine, objects, rate);
    if (slow) {
      remark(
          "%s: filling ended at %,d objects: fewer than %,.0f a second over five seconds, or the"
              + " end of the time",
          engine, objects, options.least());
    }
    return rate;
  }

  private void measure(String heap, double rate) throws IOException {
    long bodies = DiskUse.of(server.data().resolve("bodies"));
    long records = DiskUse.of(server.data().resolve("partitions"));
    server.change(c -> c.heap(heap));
    double ready = server.start().toNanos() / 1e6;
    long idle = server.sample().rssBytes();
    Measuring warming = new Measuring(WARM_WINDOW);
    long warmed = System.nanoTime() + options.warmUp().toNanos();
    while (System.nanoTime() < warmed) {
      all(warming, WARM_CLIENTS);
    }
    if (!server.awaitConsumers(CONSUMERS)) {
      remark("%s, %,d objects: the node still reads the journal of the filling", engine, objects);
    }
    List<Sample> samples = all(new Measuring(options.window()), WARM_CLIENTS);
    sizes.add(new SizePoint(engine, heap, objects, rate, bodies, records, ready, idle, samples));
    say(heap, objects, samples);
    if (objects == options.clientsAt() && heap.equals(options.heaps().getFirst())) {
      for (int count : options.clients()) {
        if (System.nanoTime() > end) {
          remark("%s: no time was left for %d clients", engine, count);
          break;
        }
        List<Sample> each = all(new Measuring(options.window()), count);
        clients.add(new ClientsPoint(engine, count, objects, each));
        say(count + " clients", objects, each);
      }
    }
    removeNew();
    server.stop();
  }

  /** Every operation once; a page of a list is of one client always. */
  private List<Sample> all(Measuring measuring, int count) {
    List<Sample> samples = new ArrayList<>();
    for (String operation : ScaleRows.OPERATIONS) {
      boolean list = operation.equals(ScaleRows.LIST);
      if (list && count != WARM_CLIENTS) {
        continue;
      }
      Row row = ScaleRows.of(operation, count, Math.min(objects, ScaleOptions.LARGE), objects);
      Sample sample = measuring.run(row, stage, 0);
      samples.add(sample);
      if (!sample.ok()) {
        remark("%s, %,d objects: %s failed: %s", engine, objects, operation, sample.failure());
      }
    }
    return samples;
  }

  /** The next size begins without what was put here. */
  private void removeNew() throws IOException {
    ScaleRows.puts(true).over(stage);
  }

  private void say(String what, long count, List<Sample> samples) {
    StringBuilder line = new StringBuilder();
    for (Sample s : samples) {
      line.append(String.format(Locale.ROOT, "  %s %.1f us %,.0f/s", s.row(), s.cpu(), s.rate()));
    }
    progress.printf(Locale.ROOT, "%s %s %,d:%s%n", engine, what, count, line);
  }

  private void remark(String format, Object... values) {
    run.check();
    String text = String.format(Locale.ROOT, format, values);
    remarks.add(text);
    progress.println(text);
  }
}
