package dev.anvil.http.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates of HTTP: the one form that is written and the three that are read (RFC 9110, 5.6.7). */
public final class HttpDates {
  private static final DateTimeFormatter FIXED =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final List<DateTimeFormatter> READ =
      List.of(
          FIXED,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC));

  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private HttpDates() {}

  /** As headers carry it, in whole seconds. */
  public static String format(Instant instant) {
    // by hand: a formatter costs as much as the rest of a head
    LocalDateTime at = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    if (at.getYear() < 0 || at.getYear() > 9999) {
      return FIXED.format(instant);
    }
    StringBuilder out = new StringBuilder(29);
    out.append(DAYS, (at.getDayOfWeek().getValue() - 1) * 3, at.getDayOfWeek().getValue() * 3);
    two(out.append(", "), at.getDayOfMonth()).append(' ');
    out.append(MONTHS, (at.getMonthValue() - 1) * 3, at.getMonthValue() * 3).append(' ');
    two(two(out, at.getYear() / 100), at.getYear() % 100).append(' ');
    two(out, at.getHour()).append(':');
    two(out, at.getMinute()).append(':');
    return two(out, at.getSecond()).append(" GMT").toString();
  }

  private static StringBuilder two(StringBuilder out, int number) {
    return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /** A date of a request; empty if it is none, for then its condition is to be ignored. */
  public static Optional<Instant> parse(String text) {
    for (DateTimeFormatter format : READ) {
      try {
        return Optional.of(Instant.from(format.parse(text.strip())));
      } catch (DateTimeException e) {
        // one of the other forms, perhaps
        continue;
      }
    }
    return Optional.empty();
  }
}
