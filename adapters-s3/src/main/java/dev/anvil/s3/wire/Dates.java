package dev.anvil.s3.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms in which S3 writes and reads points of time; always UTC. */
public final class Dates {
  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final List<DateTimeFormatter> HTTP_READ =
      List.of(
          HTTP,
          DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss z", Locale.ENGLISH),
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  private static final DateTimeFormatter AMZ =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private Dates() {}

  /** As headers carry it, in whole seconds. */
  public static String http(Instant instant) {
    LocalDateTime t = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    if (t.getYear() < 1000 || t.getYear() > 9999) {
      return HTTP.format(instant);
    }
    StringBuilder out = new StringBuilder(29);
    out.append(DAYS, 3 * t.getDayOfWeek().ordinal(), 3 * t.getDayOfWeek().ordinal() + 3);
    two(out.append(", "), t.getDayOfMonth()).append(' ');
    out.append(MONTHS, 3 * t.getMonthValue() - 3, 3 * t.getMonthValue()).append(' ');
    two(out.append(t.getYear()).append(' '), t.getHour()).append(':');
    two(out, t.getMinute()).append(':');
    return two(out, t.getSecond()).append(" GMT").toString();
  }

  /** As documents carry it, in milliseconds. */
  public static String iso(Instant instant) {
    LocalDateTime t = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    if (t.getYear() < 1000 || t.getYear() > 9999) {
      return ISO.format(instant.truncatedTo(ChronoUnit.MILLIS));
    }
    StringBuilder out = new StringBuilder(24).append(t.getYear()).append('-');
    two(out, t.getMonthValue()).append('-');
    two(out, t.getDayOfMonth()).append('T');
    two(out, t.getHour()).append(':');
    two(out, t.getMinute()).append(':');
    int millis = instant.getNano() / 1_000_000;
    two(out, t.getSecond()).append('.').append((char) ('0' + millis / 100));
    return two(out, millis % 100).append('Z').toString();
  }

  /** A date of a header; empty if it is none, for then its condition is to be ignored. */
  public static Optional<Instant> parseHttp(String text) {
    for (DateTimeFormatter format : HTTP_READ) {
      try {
        return Optional.of(Instant.from(format.parse(text.strip())));
      } catch (DateTimeException e) {
        // one of the other forms, perhaps
        continue;
      }
    }
    return Optional.empty();
  }

  /**
   * A date of ISO 8601, of the years 0 to 9999, which every record can hold.
   *
   * @throws DateTimeException if it is none
   */
  public static Instant parseIso(String text) {
    OffsetDateTime at = OffsetDateTime.parse(text.strip());
    if (at.getYear() < 0 || at.getYear() > 9999) {
      throw new DateTimeException("year " + at.getYear() + " is outside 0..9999");
    }
    return at.toInstant();
  }

  /** {@code 20130524T000000Z}; empty if it is not of this form. */
  public static Optional<Instant> parseAmz(String text) {
    if (text.length() != 16) {
      return Optional.empty();
    }
    for (int i = 0; i < 15; i++) {
      char c = text.charAt(i);
      if (i != 8 && (c < '0' || c > '9')) {
        return Optional.empty();
      }
    }
    if (text.charAt(8) != 'T' || text.charAt(15) != 'Z') {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(
                  number(text, 0, 4),
                  number(text, 4, 6),
                  number(text, 6, 8),
                  number(text, 9, 11),
                  number(text, 11, 13),
                  number(text, 13, 15))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** As {@link #parseAmz} reads it. */
  public static String amz(Instant instant) {
    LocalDateTime t = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    if (t.getYear() < 1000 || t.getYear() > 9999) {
      return AMZ.format(instant);
    }
    StringBuilder out = new StringBuilder(16).append(t.getYear());
    two(out, t.getMonthValue());
    two(out, t.getDayOfMonth()).append('T');
    two(out, t.getHour());
    two(out, t.getMinute());
    return two(out, t.getSecond()).append('Z').toString();
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static StringBuilder two(StringBuilder out, int number) {
    return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
