package dev.anvil.bench.side;

import dev.anvil.bench.peers.AnvilContender;
import dev.anvil.bench.peers.Contender;
import dev.anvil.bench.peers.Peers;
import dev.anvil.bench.process.RunFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The program of the comparison; {@code bench/run} starts it. Needs Linux. */
public final class SideBySide {
  private SideBySide() {}

  /** Runs it; exit code 2 for wrong arguments, 1 if a row failed on our server. */
  public static void main(String[] args) throws IOException {
    if (List.of(args).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
      return;
    }
    try {
      System.exit(run(options, System.out, System.err) ? 0 : 1);
    } catch (RunFolder.Ended e) {
      System.err.println(e.getMessage());
    }
  }

  /** Runs the comparison and writes the report; whether every row of ours succeeded. */
  static boolean run(Options asked, PrintStream out, PrintStream progress) throws IOException {
    try (RunFolder folder = RunFolder.make(asked.folder(), "anvil-side")) {
      return folder.unlessEnded(() -> run(asked.in(folder.path()), folder, out, progress));
    }
  }

  private static boolean run(Options options, RunFolder run, PrintStream out, PrintStream progress)
      throws IOException {
    Path folder = run.path();
    long began = System.nanoTime();
    List<Contender> contenders = contenders(options, progress);
    try {
      long touched = options.further().touchMib();
      FreshMemory memory =
          touched > 0 ? FreshMemory.touch(folder, touched) : FreshMemory.untouched(folder);
      progress.println(memory.words());
      Machine machine = Machine.measure(folder);
      Findings findings =
          new Comparison(options, run, contenders, began, progress).run(machine, memory);
      run.check();
      Files.createDirectories(options.results());
      write(options, "side-by-side.json", JsonReport.of(findings));
      write(options, "side-by-side.md", Report.of(findings));
      write(
          options,
          "cpu.svg",
          Bars.of(findings, "Server CPU, microseconds a unit (less is better)", Sample::cpu));
      write(
          options, "rate.svg", Bars.of(findings, "Units a second (more is better)", Sample::rate));
      out.print(Report.table(findings));
      progress.println("written to " + options.results());
      return findings.samples().stream().allMatch(s -> s.ok() || !Findings.ours(s.server()));
    } finally {
      contenders.forEach(SideBySide::end);
    }
  }

  private static List<Contender> contenders(Options options, PrintStream progress)
      throws IOException {
    List<Contender> all = new ArrayList<>();
    for (String engine : options.engines()) {
      all.add(new AnvilContender(options.folder(), engine));
    }
    Peers peers = new Peers(options.home());
    for (String name : options.peers()) {
      if (!peers.has(name)) {
        progress.println(name + " is not there: bench/peers " + name + " prepares it");
      }
    }
    all.addAll(peers.of(options.peers(), options.folder(), new SplittableRandom(options.seed())));
    return all;
  }

  private static void end(Contender contender) {
    try {
      contender.close();
    } catch (IOException e) {
      System.err.println(contender.name() + " could not be ended: " + e.getMessage());
    }
  }

  private static void write(Options options, String name, String text) throws IOException {
    Files.writeString(options.results().resolve(name), text);
  }
}
