package dev.anvil.app.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How long ago this process began. Where the system counts both from when it came up, it is the
 * difference; the time of day at which Java says it began is wrong by as much as the clock was set
 * or the machine suspended since.
 */
final class ProcessAge {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final Path UPTIME = Path.of("/proc/uptime");

  /** Ticks of a second in what Linux tells programs, on every architecture. */
  private static final int TICKS = 100;

  /** Place of the start among what follows the name of the program, which may hold spaces. */
  private static final int START_AFTER_NAME = 19;

  private ProcessAge() {}

  /** Empty where the system does not tell. */
  static Optional<Duration> now(InstantSource clock) {
    try {
      return Optional.of(between(Files.readString(STAT), Files.readString(UPTIME)));
    } catch (IOException | IllegalArgumentException e) {
      // no Linux, or none that tells
      Instant now = clock.instant();
      return ProcessHandle.current()
          .info()
          .startInstant()
          .map(began -> Duration.between(began, now));
    }
  }

  /**
   * From what the two files say.
   *
   * @throws IllegalArgumentException if they say something else
   */
  static Duration between(String stat, String uptime) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    if (fields.length <= START_AFTER_NAME) {
      throw new IllegalArgumentException("no start of a process in '" + stat + "'");
    }
    double up = Double.parseDouble(uptime.strip().split(" ")[0]);
    long began = Long.parseLong(fields[START_AFTER_NAME]);
    return Duration.ofMillis(Math.round(up * 1_000) - began * 1_000 / TICKS);
  }
}
