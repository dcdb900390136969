package dev.anvil.bench.side;

import dev.anvil.bench.peers.AnvilContender;
import dev.anvil.bench.peers.Contender;
import dev.anvil.bench.process.DiskUse;
import dev.anvil.bench.process.Shell;
import dev.anvil.bench.watch.WatchFanOut;
import dev.anvil.bench.wire.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run over all servers: fill, rows in turns, traces, starts. */
final class Comparison {
  private static final Duration WARM_WINDOW = Duration.ofMillis(400);
  private static final int CHURNED = 10_000;
  private static final int WATCHES = 1_000;
  private static final int WATCHED_WRITES = 50;
  private static final int VERSIONED_SHARE = 10;
  // the traces, the starts and the watches come after the rows
  private static final double ROWS_SHARE = 0.85;
  private static final String VERSIONING =
      "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
          + "<Status>Enabled</Status></VersioningConfiguration>";

  private final Options options;
  private final List<Contender> contenders;
  private final PrintStream progress;
  private final long began = System.nanoTime();
  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, Standing> standings = new LinkedHashMap<>();
  private final Map<String, Long> empty = new HashMap<>();
  private final List<Extra> extras = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  Comparison(Options options, List<Contender> contenders, PrintStream progress) {
    this.options = options;
    this.contenders = contenders;
    this.progress = progress;
  }

  /** Runs everything; what a single server cannot do becomes a remark. */
  Findings run(Machine machine) throws IOException {
    List<Stage> stages = new ArrayList<>();
    for (Contender contender : contenders) {
      Stage stage = new Stage(contender, options.seed());
      if (begin(stage)) {
        stages.add(stage);
      }
    }
    rest();
    for (Stage stage : stages) {
      measureDisk(stage);
    }
    List<Row> rows =
        Rows.all().stream().filter(row -> options.rows().matcher(row.name()).find()).toList();
    for (Stage stage : stages) {
      warmUp(stage, rows);
    }
    rounds(rows, stages);
    for (Stage stage : stages) {
      end(stage);
    }
    if (options.rows().matcher("watch").find()) {
      watches();
    }
    large();
    return new Findings(
        options,
        machine,
        rows,
        stages.stream().map(s -> s.contender().name()).toList(),
        standings,
        samples,
        remarks,
        Duration.ofNanos(System.nanoTime() - began),
        extras);
  }

  private boolean begin(Stage stage) {
    Contender contender = stage.contender();
    try {
      double ready = contender.start().toNanos() / 1e6;
      long idle = contender.sample().rssBytes();
      standings.put(contender.name(), Standing.first(contender, ready, idle));
      say("%s is up after %.0f ms; filling", contender.name(), ready);
      Space small = stage.space(Stage.SMALL, Stage.KIB_4);
      Shell.run(List.of("sync", "-f", contender.data().toString()));
      empty.put(contender.name(), DiskUse.of(contender.data()));
      stage.fill(small, options.objects());
      return true;
    } catch (IOException e) {
      remark("%s was left out: %s", contender.name(), e.getMessage());
      return false;
    }
  }

  /** Disk of the small objects, before anything else is put; then the rest of what reads find. */
  private void measureDisk(Stage stage) throws IOException {
    Contender contender = stage.contender();
    String name = contender.name();
    Shell.run(List.of("sync", "-f", contender.data().toString()));
    double each = (double) (DiskUse.of(contender.data()) - empty.get(name)) / options.objects();
    standings.computeIfPresent(name, (_, standing) -> standing.disk(each));
    if (contender instanceof AnvilContender ours) {
      extras.addAll(QuietDisk.run(ours, options.objects()));
    }
    for (Rows.Prepared large : Rows.prepared(options.rows())) {
      stage.fill(stage.space(large.bucket(), large.bytes()), large.count());
    }
    if (contender.versions() && options.rows().matcher("LIST versions").find()) {
      Space versioned = stage.space(Stage.VERSIONED, Stage.KIB_4);
      stage.expect(Request.of("PUT", "/" + Stage.VERSIONED + "?versioning").with(VERSIONING));
      int keys = options.objects() / VERSIONED_SHARE;
      stage.fill(versioned, keys);
      versioned.wrote(-keys);
      stage.fill(versioned, keys);
    }
    say("%s holds %,d objects, %.0f bytes of disk each", name, options.objects(), each);
  }

  /** What a server does after it was filled, before its disk is measured. */
  private void rest() throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(options.further().quiet().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while filled servers rested", e);
    }
  }

  /** All rows in turns, again and again: a server compiles in its first seconds what it runs. */
  private void warmUp(Stage stage, List<Row> rows) {
    Measuring warming = new Measuring(WARM_WINDOW);
    List<Row> own = rows.stream().filter(row -> able(row, stage.contender())).toList();
    long end = System.nanoTime() + options.warmUp().toNanos();
    while (!own.isEmpty() && System.nanoTime() < end) {
      for (Row row : own) {
        try {
          warming.warm(row, stage);
        } catch (IOException e) {
          remark(
              "%s failed in its warm-up of '%s': %s",
              stage.contender().name(), row.name(), e.getMessage());
          return;
        }
      }
    }
  }

  private void rounds(List<Row> rows, List<Stage> stages) {
    Measuring measuring = new Measuring(options.window());
    for (int round = 0; round < options.rounds(); round++) {
      List<Stage> order = new ArrayList<>(stages);
      if (round % 2 == 1) {
        Collections.reverse(order);
      }
      for (Row row : rows) {
        if (System.nanoTime() - began > ROWS_SHARE * options.bound().toNanos()) {
          remark(
              "no row began after %.0f %% of %d minutes: round %d ends before '%s'",
              100 * ROWS_SHARE, options.bound().toMinutes(), round + 1, row.name());
          return;
        }
        for (Stage stage : order) {
          if (able(row, stage.contender())) {
            note(measuring.run(row, stage, round));
          }
        }
      }
    }
  }

  private static boolean able(Row row, Contender contender) {
    return switch (row.need()) {
      case S3 -> true;
      case VERSIONS -> contender.versions();
      case NATIVE -> contender instanceof AnvilContender;
    };
  }

  private void note(Sample sample) {
    samples.add(sample);
    if (sample.ok()) {
      say(
          "%d %-34s %-14s %,10.0f %s/s %9.1f us, client %.1f us, others %.2f cores",
          sample.round() + 1,
          sample.row(),
          sample.server(),
          sample.rate(),
          sample.unit(),
          sample.cpu(),
          sample.threadMicros() > 0 ? sample.thread() : sample.client(),
          sample.otherCores());
    } else {
      remark("'%s' failed on %s: %s", sample.row(), sample.server(), sample.failure());
    }
  }

  /** Traces the syncs, stops the server and starts it once more. */
  private void end(Stage stage) {
    Contender contender = stage.contender();
    Standing before = standings.get(contender.name());
    try {
      double syncs =
          options.rows().matcher("PUT 4 KiB").find()
              ? SyncTrace.run(stage, options.folder())
              : Double.NaN;
      long objects = stage.objects();
      contender.stop();
      double again = contender.start().toNanos() / 1e6;
      standings.put(
          contender.name(), before.after(again, contender.sample().rssBytes(), objects, syncs));
      say("%s is up again after %.0f ms", contender.name(), again);
      contender.stop();
    } catch (IOException e) {
      remark("%s did not end well: %s", contender.name(), e.getMessage());
    }
  }

  private void watches() {
    for (String engine : options.engines()) {
      try {
        say("watch fan-out, anvil %s", engine);
        WatchFanOut.Figures figures =
            WatchFanOut.run(
                engine,
                WATCHES,
                WATCHED_WRITES,
                Files.createDirectories(options.folder().resolve("watch-" + engine)),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        remark(
            "watch fan-out, anvil %s: %,d idle watches take %,d bytes each and %.1f ms of CPU a"
                + " second; a write reaches all of them in %.2f ms (p50 of deliveries), %.2f ms"
                + " (p99)",
            engine,
            figures.watches(),
            figures.bytesEach(),
            figures.idleCpuMillis(),
            figures.p50Micros() / 1e3,
            figures.p99Micros() / 1e3);
      } catch (IOException e) {
        remark("watch fan-out failed on anvil %s: %s", engine, e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        remark("interrupted in watch fan-out");
        return;
      }
    }
  }

  /** Very many objects and much churn, on folders of their own. */
  private void large() {
    if (System.nanoTime() - began > options.bound().toNanos()) {
      remark("no time was left for what is measured once at the end");
      return;
    }
    try {
      for (String engine : options.engines()) {
        if (options.further().million() > 0 && options.rows().matcher("million").find()) {
          say("a million objects, anvil %s", engine);
          extras.addAll(
              Million.run(options.folder(), engine, options.further().million(), options.seed()));
        }
      }
      if (options.further().churn()) {
        say("overwriting everything, anvil");
        extras.addAll(Churned.run(options.folder(), options.engines(), CHURNED, options.seed()));
      }
    } catch (IOException e) {
      remark("what is measured once ended early: %s", e.getMessage());
    }
  }

  private void remark(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    remarks.add(text);
    progress.println(text);
  }

  private void say(String format, Object... values) {
    progress.printf(Locale.ROOT, format + "%n", values);
  }
}
