package dev.anvil.bench.side;

import dev.anvil.bench.peers.AnvilContender;
import dev.anvil.bench.peers.Contender;
import dev.anvil.bench.process.DiskUse;
import dev.anvil.bench.process.RunFolder;
import dev.anvil.bench.process.Shell;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One run over all servers: fill, rows in turns, traces, starts. */
final class Comparison {
  private static final int CHURNED = 10_000;
  private static final int VERSIONED_SHARE = 10;
  // the trace of a server and its last starts
  private static final Duration END = Duration.ofSeconds(20);
  private static final String VERSIONING =
      "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
          + "<Status>Enabled</Status></VersioningConfiguration>";

  private final Options options;
  private final RunFolder run;
  private final List<Contender> contenders;
  private final PrintStream progress;
  private final long began;
  private final Rest rest;
  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, Standing> standings = new LinkedHashMap<>();
  private final Map<String, Long> empty = new HashMap<>();
  private final List<Extra> extras = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  /** Of a run that began at that time. */
  Comparison(
      Options options,
      RunFolder run,
      List<Contender> contenders,
      long began,
      PrintStream progress) {
    this.options = options;
    this.run = run;
    this.contenders = contenders;
    this.began = began;
    this.progress = progress;
    this.rest = new Rest(options.further().rest());
  }

  /** Runs everything; what a single server cannot do becomes a remark. */
  Findings run(Machine machine, FreshMemory memory) throws IOException {
    List<Row> rows =
        Rows.all().stream().filter(row -> options.rows().matcher(row.name()).find()).toList();
    List<Stage> stages = filled();
    stages = all(stages, this::prepare);
    for (Stage stage : stages) {
      warmUp(stage, rows);
    }
    rounds(rows, stages);
    for (Stage stage : stages) {
      end(stage);
    }
    // what is judged once has its time even if the rows took all of it
    long last = Math.max(end(), System.nanoTime() + Once.time(options).toNanos());
    extras.addAll(new Once(options, text -> remark("%s", text)).run(last, progress));
    return new Findings(
        options,
        machine,
        memory,
        rows,
        stages.stream().map(s -> s.contender().name()).toList(),
        standings,
        samples,
        remarks,
        Duration.ofNanos(System.nanoTime() - began),
        extras,
        rest.waited());
  }

  /** All servers with their objects, rested and their disks measured. */
  private List<Stage> filled() throws IOException {
    boolean churn = options.further().churn() && options.rows().matcher("churn").find();
    Churned churned =
        churn
            ? new Churned(
                options.folder(), Math.min(CHURNED, options.objects()), text -> remark("%s", text))
            : null;
    try {
      if (churned != null) {
        say("overwriting everything, anvil");
        churned.overwrite(options.engines(), options.seed());
      }
      List<Stage> stages = new ArrayList<>();
      for (Contender contender : contenders) {
        Stage stage = new Stage(contender, options.seed());
        if (begin(stage)) {
          stages.add(stage);
        }
      }
      long end = System.nanoTime() + options.further().fill().toNanos();
      stages = all(stages, s -> s.fill(s.space(Stage.SMALL, Stage.KIB_4), options.objects(), end));
      rest();
      if (churned != null) {
        extras.addAll(churned.look());
      }
      for (Stage stage : stages) {
        measureDisk(stage);
      }
      return stages;
    } finally {
      if (churned != null) {
        churned.close();
      }
    }
  }

  private interface Deed {
    void to(Stage stage) throws IOException;
  }

  /** Does it to all of them at the same time; those on which it failed are left out. */
  private List<Stage> all(List<Stage> stages, Deed deed) throws IOException {
    List<Stage> done = new ArrayList<>();
    try (ExecutorService atOnce = Executors.newFixedThreadPool(Math.max(1, stages.size()))) {
      List<Future<?>> running = new ArrayList<>();
      for (Stage stage : stages) {
        running.add(
            atOnce.submit(() -> {
              deed.to(stage);
              return null;
            }));
      }
      for (int i = 0; i < stages.size(); i++) {
        try {
          running.get(i).get();
          done.add(stages.get(i));
        } catch (ExecutionException e) {
          remark("%s was left out: %s", stages.get(i).contender().name(), e.getCause());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while servers were filled", e);
    }
    return done;
  }

  private boolean begin(Stage stage) {
    Contender contender = stage.contender();
    try {
      double cold = contender.start().toNanos() / 1e6;
      contender.forget();
      Starts starts = Starts.of(contender, options.further(), contender::forget);
      standings.put(contender.name(), Standing.first(contender, cold, starts));
      say("%s is up after %.0f ms, %.0f cold", contender.name(), starts.medianMillis(), cold);
      stage.space(Stage.SMALL, Stage.KIB_4);
      Shell.run(List.of("sync", "-f", contender.data().toString()));
      empty.put(contender.name(), DiskUse.of(contender.data()));
      return true;
    } catch (IOException e) {
      remark("%s was left out: %s", contender.name(), e.getMessage());
      return false;
    }
  }

  /** Disk of the small objects, before anything else is put. */
  private void measureDisk(Stage stage) throws IOException {
    Contender contender = stage.contender();
    String name = contender.name();
    long objects = stage.space(Stage.SMALL, Stage.KIB_4).made();
    if (objects < options.objects()) {
      remark(
          "%s held %,d of %,d objects before the rows: filling all at once was bound to %d s",
          name, objects, options.objects(), options.further().fill().toSeconds());
    }
    Shell.run(List.of("sync", "-f", contender.data().toString()));
    double each = (double) (DiskUse.of(contender.data()) - empty.get(name)) / objects;
    standings.computeIfPresent(name, (_, standing) -> standing.disk(each));
    if (contender instanceof AnvilContender ours) {
      extras.addAll(QuietDisk.run(ours, objects));
    }
    say("%s holds %,d objects, %.0f bytes of disk each", name, objects, each);
  }

  /** The rest of what reads find. */
  private void prepare(Stage stage) throws IOException {
    for (Rows.Prepared large : Rows.prepared(options.rows())) {
      stage.fill(stage.space(large.bucket(), large.bytes()), large.count());
    }
    if (stage.contender().versions() && options.rows().matcher("LIST versions").find()) {
      Space versioned = stage.space(Stage.VERSIONED, Stage.KIB_4);
      stage.expect(Request.of("PUT", "/" + Stage.VERSIONED + "?versioning").with(VERSIONING));
      int keys = options.objects() / VERSIONED_SHARE;
      stage.fill(versioned, keys);
      versioned.wrote(-keys);
      stage.fill(versioned, keys);
    }
  }

  /** What a server does after it was filled, before its disk is measured. */
  private void rest() throws IOException {
    pause(options.further().quiet(), "filled servers rested");
  }

  private static void pause(Duration time, String what) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + what, e);
    }
  }

  private void warmUp(Stage stage, List<Row> rows) {
    Contender contender = stage.contender();
    say("warming up %s", contender.name());
    try {
      WarmUp.run(
          stage, rows.stream().filter(row -> able(row, contender)).toList(), options.warmUp());
    } catch (IOException e) {
      remark("%s failed in its warm-up: %s", contender.name(), e.getMessage());
    }
  }

  private long end() {
    return began + options.bound().toNanos();
  }

  /** What is judged may take all the time but that of the ends; what is not leaves more. */
  private void rounds(List<Row> rows, List<Stage> stages) {
    Measuring measuring = new Measuring(options.window(), rest::await);
    long judged = end() - END.multipliedBy(stages.size()).toNanos();
    long others = judged - Once.time(options).toNanos();
    for (Plan.Step step : Plan.of(rows, options.rounds())) {
      if (System.nanoTime() > (step.judged() ? judged : others)) {
        remark(
            "the time of %d minutes ended in round %d of %s, before '%s'",
            options.bound().toMinutes(),
            step.round() + 1,
            step.judged() ? "what is judged" : "the other rows",
            step.row().name());
        return;
      }
      List<Stage> order = new ArrayList<>(stages);
      if (step.round() % 2 == 1) {
        Collections.reverse(order);
      }
      for (Stage stage : order) {
        if (able(step.row(), stage.contender())) {
          note(measuring.run(step.row(), stage, step.round()));
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

  /** Traces the syncs, stops the server and starts it again. */
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
      Starts again = Starts.of(contender, options.further(), contender::stop);
      standings.put(contender.name(), before.after(again, objects, syncs));
      say("%s is up again after %.0f ms", contender.name(), again.medianMillis());
      contender.stop();
    } catch (IOException e) {
      remark("%s did not end well: %s", contender.name(), e.getMessage());
    }
  }

  private void remark(String format, Object... values) {
    run.check();
    String text = String.format(Locale.ROOT, format, values);
    remarks.add(text);
    progress.println(text);
  }

  private void say(String format, Object... values) {
    progress.printf(Locale.ROOT, format + "%n", values);
  }
}
