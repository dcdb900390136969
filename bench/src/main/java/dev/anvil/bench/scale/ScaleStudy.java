package dev.anvil.bench.scale;

import dev.anvil.bench.process.RunFolder;
import dev.anvil.bench.process.Shell;
import dev.anvil.bench.side.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The program of the study; {@code bench/scale} starts it. Needs Linux. */
public final class ScaleStudy {
  private ScaleStudy() {}

  /** Runs it; exit code 2 for wrong arguments, 1 if an operation failed. */
  public static void main(String[] args) throws IOException {
    if (List.of(args).contains("--help")) {
      System.out.print(ScaleOptions.USAGE);
      return;
    }
    ScaleOptions options;
    try {
      options = ScaleOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(ScaleOptions.USAGE);
      System.exit(2);
      return;
    }
    try {
      System.exit(run(options, System.out, System.err) ? 0 : 1);
    } catch (RunFolder.Ended e) {
      System.err.println(e.getMessage());
    }
  }

  /** Runs the study and writes the report; whether every operation succeeded. */
  static boolean run(ScaleOptions options, PrintStream out, PrintStream progress)
      throws IOException {
    try (RunFolder run = RunFolder.make(options.folder(), "anvil-scale")) {
      return run.unlessEnded(() -> run(options, run, out, progress));
    }
  }

  private static boolean run(
      ScaleOptions options, RunFolder run, PrintStream out, PrintStream progress)
      throws IOException {
    long began = System.nanoTime();
    Path folder = run.path();
    Machine machine = Machine.measure(folder);
    List<SizePoint> sizes = new ArrayList<>();
    List<ClientsPoint> clients = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (String engine : options.engines()) {
      long end = began + options.bound().toNanos();
      ScaleRun each = new ScaleRun(options, engine, run, end, progress);
      each.run();
      sizes.addAll(each.sizes());
      clients.addAll(each.clients());
      remarks.addAll(each.remarks());
      Shell.run(List.of("rm", "-rf", folder.resolve("anvil-" + engine).toString()));
    }
    run.check();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    ScaleFindings found = new ScaleFindings(options, machine, sizes, clients, remarks, took);
    Files.createDirectories(options.results());
    write(options, "scale.json", ScaleJson.of(found));
    write(options, "scale.md", ScaleReport.of(found));
    write(options, "scale-objects.svg", ScalePlots.objects(found));
    write(options, "scale-clients.svg", ScalePlots.clients(found));
    out.print(ScaleReport.of(found));
    progress.println("written to " + options.results());
    return sizes.stream().flatMap(p -> p.samples().stream()).allMatch(s -> s.ok());
  }

  private static void write(ScaleOptions options, String name, String text) throws IOException {
    Files.writeString(options.results().resolve(name), text);
  }
}
