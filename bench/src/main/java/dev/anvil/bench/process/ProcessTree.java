package dev.anvil.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Sums over a process and all that it started. */
public final class ProcessTree {
  private static final long MICROS_PER_TICK = 10_000;

  private ProcessTree() {}

  /** CPU time and memory now. Peaks are summed, though they may lie at different moments. */
  public static ProcSample of(long pid) throws IOException {
    long cpu = 0;
    long rss = 0;
    long peak = 0;
    for (long one : members(pid)) {
      try {
        ProcSample sample = ProcSample.of(one);
        cpu += sample.cpuMicros();
        rss += sample.rssBytes();
        peak += sample.peakRssBytes();
      } catch (NoSuchFileException e) {
        if (one == pid) {
          throw e;
        }
      }
    }
    return new ProcSample(cpu, rss, peak);
  }

  /** Lets the peaks of memory begin anew at what is resident now. */
  public static void resetPeak(long pid) throws IOException {
    for (long one : members(pid)) {
      Files.writeString(
          Path.of("/proc", Long.toString(one), "clear_refs"), "5", StandardOpenOption.WRITE);
    }
  }

  /** CPU time that all processes of the machine have used since it started, microseconds. */
  public static long machineMicros() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      String[] fields = lines.findFirst().orElseThrow().trim().split("\\s+");
      // user, nice, system, (idle, iowait,) irq, softirq
      long ticks = 0;
      for (int i : new int[] {1, 2, 3, 6, 7}) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks * MICROS_PER_TICK;
    }
  }

  private static List<Long> members(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(one -> Stream.concat(Stream.of(one), one.descendants()))
        .map(ProcessHandle::pid)
        .toList();
  }
}
