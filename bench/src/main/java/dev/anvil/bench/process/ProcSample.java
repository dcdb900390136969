package dev.anvil.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CPU time and memory of one process at one moment.
 *
 * @param cpuMicros user and system time of all its threads, steps of 10,000
 * @param rssBytes resident memory
 * @param peakRssBytes the most resident memory so far
 */
public record ProcSample(long cpuMicros, long rssBytes, long peakRssBytes) {
  // USER_HZ is 100 on every Linux that a JDK 25 runs on
  private static final long MICROS_PER_TICK = 10_000;

  /** Reads it from /proc. */
  public static ProcSample of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    return new ProcSample(
        cpu(Files.readString(proc.resolve("stat"))),
        bytes(Files.readAllLines(proc.resolve("status")), "VmRSS:"),
        bytes(Files.readAllLines(proc.resolve("status")), "VmHWM:"));
  }

  static long cpu(String stat) {
    // the command name in parentheses may hold blanks: fields are counted behind it
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
  }

  static long bytes(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
