package dev.anvil.bench.crash;

import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The program of kill -9: {@code KillRounds [ENGINE [ROUNDS [SEED [DIR]]]]}. Ends with 1 if
 * anything acknowledged was lost or anything else was seen that must not be.
 */
public final class KillRounds {
  private static final int WORKERS = 16;
  private static final int ROUNDS = 20;

  private KillRounds() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    String engine = args.length > 0 ? args[0] : "xodus";
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
    Path folder = args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("anvil-kill");
    CrashRun.Report report = run(engine, rounds, seed, folder);
    report.faults().forEach(System.out::println);
    System.out.printf(
        "%d rounds, %d changes acknowledged, %d open ones repeated, %d faults%n",
        report.rounds(), report.acknowledged(), report.open(), report.faults().size());
    System.exit(report.faults().isEmpty() ? 0 : 1);
  }

  /** Runs so many rounds below a folder and prints a line for each. */
  public static CrashRun.Report run(String engine, int rounds, long seed, Path folder)
      throws IOException {
    return on(engine, folder).run(rounds, seed);
  }

  /** Rounds below a folder, to be run one by one. */
  public static CrashRun on(String engine, Path folder) {
    ServerCommand command = ServerCommand.on(folder.resolve("data"), engine);
    Path errors = folder.resolve("server.log");
    return new CrashRun(command, errors, ServerProcess::kill, WORKERS, System.out);
  }

  /** What a test or a person is told. */
  public static String text(List<String> faults) {
    return String.join("\n", faults);
  }
}
