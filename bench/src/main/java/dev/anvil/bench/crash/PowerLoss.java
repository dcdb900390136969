package dev.anvil.bench.crash;

import dev.anvil.bench.process.LoopDisk;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The program of simulated power loss: {@code PowerLoss [ENGINE [ROUNDS [SEED [DIR]]]]}. The server
 * is paused, the file system below it loses all that was not synced, and the server starts again on
 * what is left. Prints NOT RUN where loop devices cannot be had.
 */
public final class PowerLoss {
  private static final int WORKERS = 16;
  private static final int ROUNDS = 5;
  private static final long DISK_BYTES = 3L << 30;

  private PowerLoss() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    String engine = args.length > 0 ? args[0] : "xodus";
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
    Path folder = args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("anvil-power");
    String unavailable = LoopDisk.unavailable(folder);
    if (unavailable != null) {
      System.out.println("NOT RUN: no loop device with ext4: " + unavailable);
      return;
    }
    CrashRun.Report report = run(engine, rounds, seed, folder);
    report.faults().forEach(System.out::println);
    System.out.printf(
        "%d power losses, %d changes acknowledged, %d open ones repeated, %d faults%n",
        report.rounds(), report.acknowledged(), report.open(), report.faults().size());
    System.exit(report.faults().isEmpty() ? 0 : 1);
  }

  /** Runs so many rounds below a folder, on a disk of its own. */
  public static CrashRun.Report run(String engine, int rounds, long seed, Path folder)
      throws IOException {
    try (LoopDisk disk = LoopDisk.create(folder, DISK_BYTES)) {
      ServerCommand command = ServerCommand.on(disk.root().resolve("data"), engine);
      Path errors = folder.resolve("server.log");
      CrashRun.Crash crash = server -> lose(server, disk);
      return new CrashRun(command, errors, crash, WORKERS, System.out).run(rounds, seed);
    }
  }

  private static void lose(ServerProcess server, LoopDisk disk) throws IOException {
    // paused first: a server that ran on would acknowledge what it wrote after the power was gone
    server.pause();
    disk.powerOff();
    server.kill();
    disk.remount();
  }
}
