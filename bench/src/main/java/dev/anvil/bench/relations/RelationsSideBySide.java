package dev.anvil.bench.relations;

import dev.anvil.bench.authz.PeerShape;
import dev.anvil.bench.process.RunFolder;
import dev.anvil.bench.side.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The program of the comparison of relationship checks; {@code bench/run --authz} starts it. Needs
 * Linux, and PostgreSQL as Debian has it for the peers.
 */
public final class RelationsSideBySide {
  private static final double LOAD_SHARE = 0.6;
  private static final double ROWS_SHARE = 0.9;
  private static final Duration WATCHED = Duration.ofSeconds(4);

  private final Options options;
  private final RunFolder run;
  private final PrintStream progress;
  private final long began = System.nanoTime();
  private final List<String> remarks = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final PeerShape shape;
  private final Asks asks;

  private RelationsSideBySide(Options options, RunFolder run, PrintStream progress) {
    this.run = run;
    this.options = options;
    this.progress = progress;
    this.shape = new PeerShape(options.scale());
    this.asks = new Asks(shape);
  }

  /** Runs it; exit code 2 for wrong arguments, 1 if a row failed on our server or two disagree. */
  public static void main(String[] args) throws IOException {
    if (List.of(args).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    try {
      System.exit(run(Options.parse(args), System.out, System.err) ? 0 : 1);
    } catch (RunFolder.Ended e) {
      System.err.println(e.getMessage());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
    }
  }

  /** Runs the comparison and writes the report; whether every row of ours succeeded. */
  static boolean run(Options options, PrintStream out, PrintStream progress) throws IOException {
    try (RunFolder folder = RunFolder.make(options.folder(), "anvil-authz")) {
      return folder.unlessEnded(() -> run(options, folder, out, progress));
    }
  }

  private static boolean run(Options options, RunFolder run, PrintStream out, PrintStream progress)
      throws IOException {
    Findings findings = new RelationsSideBySide(options, run, progress).run(run.path());
    run.check();
    String report = Report.of(findings);
    Files.createDirectories(options.results());
    Files.writeString(options.results().resolve("authz.md"), report);
    Files.writeString(options.results().resolve("authz.json"), JsonReport.of(findings));
    out.print(report);
    progress.println("written to " + options.results());
    return findings.samples().stream().allMatch(s -> s.ok() || !Findings.ours(s.server()));
  }

  private Findings run(Path folder) throws IOException {
    Machine machine = Machine.measure(folder);
    List<RelationServer> servers = new ArrayList<>();
    for (String engine : options.engines()) {
      servers.add(new AnvilServer(folder, engine));
    }
    for (String name : options.peers()) {
      PeerServer.of(name, folder, remarks).ifPresent(servers::add);
    }
    remarks.forEach(progress::println);
    try {
      Agreement agreement = new Agreement(asks, new SplittableRandom(options.seed()));
      List<Stand> stands = agreement.of(prepared(servers), why -> remark("%s", why));
      String agreed = agreement.words();
      say("%s", agreed);
      List<Row> rows =
          Row.all(asks).stream().filter(r -> options.rows().matcher(r.name()).find()).toList();
      Trial trial = new Trial(options.window());
      stands.forEach(stand -> warmUp(trial, rows, stand));
      rounds(trial, rows, stands);
      Map<String, Findings.Standing> standings = new LinkedHashMap<>();
      for (Stand stand : stands) {
        standings.put(stand.server().name(), standing(stand));
      }
      long seconds = (System.nanoTime() - began) / 1_000_000_000;
      return new Findings(options, machine, agreed, rows, standings, samples, remarks, seconds);
    } finally {
      servers.forEach(this::end);
    }
  }

  private List<Stand> prepared(List<RelationServer> servers) {
    List<Stand> stands = new ArrayList<>();
    for (RelationServer server : servers) {
      Stand stand = new Stand(server, options.seed());
      if (past(LOAD_SHARE)) {
        remark("%s was left out: loading the others took too long", server.name());
        continue;
      }
      try {
        stand.prepare(shape);
        say(
            "%s holds %,d tuples after %.1f s, %.0f bytes of disk each",
            server.name(), stand.loaded(), stand.loadSeconds(), stand.bytesEach());
        stands.add(stand);
      } catch (IOException e) {
        remark("%s was left out: %s", server.name(), e.getMessage());
        end(server);
      }
    }
    return stands;
  }

  /** Requests of every row: a server compiles in its first seconds what it runs later. */
  private void warmUp(Trial trial, List<Row> rows, Stand stand) {
    long end = System.nanoTime() + options.warmUp().toNanos();
    try {
      for (int i = 0; System.nanoTime() < end && !rows.isEmpty(); i++) {
        trial.warm(rows.get(i % rows.size()), stand);
      }
    } catch (IOException e) {
      remark("%s failed in its warm-up: %s", stand.server().name(), e.getMessage());
    }
  }

  private void rounds(Trial trial, List<Row> rows, List<Stand> stands) {
    for (int round = 0; round < options.rounds(); round++) {
      List<Stand> order = new ArrayList<>(stands);
      if (round % 2 == 1) {
        Collections.reverse(order);
      }
      for (Row row : rows) {
        if (past(ROWS_SHARE)) {
          remark(
              "no row began after %.0f %% of %d minutes: round %d ends before '%s'",
              100 * ROWS_SHARE, options.bound().toMinutes(), round + 1, row.name());
          return;
        }
        for (Stand stand : order) {
          note(trial.run(row, stand, round));
        }
      }
    }
  }

  private boolean past(double share) {
    return System.nanoTime() - began > share * options.bound().toNanos();
  }

  private void note(Sample sample) {
    samples.add(sample);
    if (sample.ok()) {
      say(
          "%d %-28s %-14s %,10.1f/s %9.1f + %.1f us, p50 %.2f ms, others %.2f cores",
          sample.round() + 1,
          sample.row(),
          sample.server(),
          sample.rate(),
          sample.serverCpu(),
          sample.databaseCpu(),
          sample.p50(),
          sample.otherCores());
    } else {
      remark("'%s' failed on %s: %s", sample.row(), sample.server(), sample.failure());
    }
  }

  private Findings.Standing standing(Stand stand) throws IOException {
    RelationServer server = stand.server();
    WatchDelay.Delays watch = null;
    try {
      watch = WatchDelay.of(stand, WATCHED);
      say("%s: write to event p50 %.2f ms of %d", server.name(), watch.p50(), watch.writes());
    } catch (IOException e) {
      remark("write to event failed on %s: %s", server.name(), e.getMessage());
    }
    return new Findings.Standing(
        server.version(),
        server.settings(),
        stand.loaded(),
        stand.loadSeconds(),
        stand.bytesEach(),
        stand.space().log(),
        watch,
        server.sample().rssBytes(),
        server.databaseBytes());
  }

  private void end(RelationServer server) {
    try {
      server.close();
    } catch (IOException e) {
      progress.println(server.name() + " could not be ended: " + e.getMessage());
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
