package dev.anvil.bench.side;

import dev.anvil.bench.process.Shell;
import dev.anvil.bench.replay.ClosedLoop;
import dev.anvil.bench.replay.Magazine;
import dev.anvil.bench.replay.Volley;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Counts the syncs that a server asks the kernel for while objects are put, with strace. It slows
 * the server down, so it is no part of a measured window.
 */
final class SyncTrace {
  private static final int CLIENTS = 16;
  private static final int PUTS = 3_000;
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final String CALLS = "fsync,fdatasync,sync_file_range,syncfs,sync,msync";

  private SyncTrace() {}

  /** Syncs for each put; not a number if there is no strace or it may not look. */
  static double run(Stage stage, Path folder) throws IOException {
    if (!Shell.succeeds("strace", "-V")) {
      return Double.NaN;
    }
    Row.Shots puts = ObjectShots.puts(ObjectShots.Api.S3, "traced", Stage.KIB_4, false);
    Magazine magazine = puts.load(stage, PUTS);
    Path counts = folder.resolve("syncs.strace");
    Files.deleteIfExists(counts);
    String pid = Long.toString(stage.contender().pid());
    Process strace =
        new ProcessBuilder(
                List.of("strace", "-f", "-c", "-e", CALLS, "-o", counts.toString(), "-p", pid))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!attached(pid)) {
        return Double.NaN;
      }
      Volley volley = new ClosedLoop(stage.contender().endpoint(), CLIENTS).run(magazine, BOUND);
      puts.sent(stage, magazine.taken());
      Shell.run(List.of("kill", "-INT", Long.toString(strace.pid())));
      strace.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS);
      return (double) calls(Files.readAllLines(counts)) / volley.operations();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a server was traced", e);
    } finally {
      strace.destroyForcibly();
    }
  }

  private static boolean attached(String pid) throws IOException, InterruptedException {
    Path status = Path.of("/proc", pid, "status");
    for (int i = 0; i < 100; i++) {
      if (Files.readAllLines(status).stream()
          .anyMatch(line -> line.startsWith("TracerPid:") && !line.endsWith("\t0"))) {
        // the first thread is traced: the others follow within moments
        TimeUnit.MILLISECONDS.sleep(300);
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return false;
  }

  /** Sums the column of calls of a summary by {@code strace -c}. */
  static long calls(List<String> summary) {
    return summary.stream()
        .map(String::strip)
        .filter(line -> line.matches("[0-9.]+ .*sync.*|[0-9.]+ .*sync_file_range"))
        .mapToLong(line -> Long.parseLong(line.split("\\s+")[3]))
        .sum();
  }
}
