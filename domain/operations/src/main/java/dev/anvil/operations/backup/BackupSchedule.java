package dev.anvil.operations.backup;

import dev.anvil.ports.failure.Invalid;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When snapshots are taken by themselves: {@code off}, {@code every 15m|6h|2d}, or {@code daily
 * 02:30} (UTC).
 */
public sealed interface BackupSchedule {
  /** Never. */
  record Off() implements BackupSchedule {}

  /** A fixed time after the last. */
  record Every(Duration period) implements BackupSchedule {}

  /** At a time of day, UTC. */
  record Daily(LocalTime at) implements BackupSchedule {}

  /** Shortest period. */
  Duration SHORTEST = Duration.ofMinutes(1);

  /**
   * Reads one.
   *
   * @throws Invalid InvalidArgument with the forms there are
   */
  static BackupSchedule parse(String text) {
    if (text.equals("off")) {
      return new Off();
    }
    Matcher every = Pattern.compile("every ([1-9][0-9]{0,4})([mhd])").matcher(text);
    if (every.matches()) {
      long n = Long.parseLong(every.group(1));
      return new Every(
          switch (every.group(2)) {
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
          });
    }
    Matcher daily = Pattern.compile("daily ([01][0-9]|2[0-3]):([0-5][0-9])").matcher(text);
    if (daily.matches()) {
      return new Daily(
          LocalTime.of(Integer.parseInt(daily.group(1)), Integer.parseInt(daily.group(2))));
    }
    throw new Invalid(
        Invalid.Reason.ARGUMENT,
        "'" + text + "' is no schedule: expected off, every 15m (or 6h, 2d), or daily 02:30 (UTC)",
        Map.of("schedule", text));
  }

  /** As it is written. */
  default String text() {
    return switch (this) {
      case Off o -> "off";
      case Every e -> "every " + e.period().toMinutes() + "m";
      case Daily d -> "daily " + d.at();
    };
  }

  /**
   * The next run; null for none.
   *
   * @param last when the last one began; null if there was none
   */
  default Instant next(Instant last, Instant now) {
    return switch (this) {
      case Off o -> null;
      case Every e -> last == null ? now : last.plus(e.period());
      case Daily d -> {
        ZonedDateTime from = (last == null ? now : last).atZone(ZoneOffset.UTC);
        ZonedDateTime today = from.with(d.at());
        yield (today.isAfter(from) ? today : today.plusDays(1)).toInstant();
      }
    };
  }
}
