package dev.anvil.s3.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
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
  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private Dates() {}

  /** As headers carry it, in whole seconds; years of four digits. */
  public static String http(Instant instant) {
    OffsetDateTime t = instant.atOffset(ZoneOffset.UTC);
    int day = t.getDayOfWeek().getValue() - 1;
    int month = t.getMonthValue() - 1;
    StringBuilder out = new StringBuilder(29);
    out.append(DAYS, 3 * day, 3 * day + 3).append(", ");
    digits(out, t.getDayOfMonth(), 2).append(' ');
    out.append(MONTHS, 3 * month, 3 * month + 3).append(' ');
    digits(out, t.getYear(), 4).append(' ');
    return time(out, t, ":").append(" GMT").toString();
  }

  /** As documents carry it, in milliseconds; years of four digits. */
  public static String iso(Instant instant) {
    OffsetDateTime t = instant.atOffset(ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(24);
    date(out, t, "-").append('T');
    time(out, t, ":").append('.');
    return digits(out, t.getNano() / 1_000_000, 3).append('Z').toString();
  }

  private static StringBuilder date(StringBuilder out, OffsetDateTime t, String between) {
    digits(out, t.getYear(), 4).append(between);
    digits(out, t.getMonthValue(), 2).append(between);
    return digits(out, t.getDayOfMonth(), 2);
  }

  private static StringBuilder time(StringBuilder out, OffsetDateTime t, String between) {
    digits(out, t.getHour(), 2).append(between);
    digits(out, t.getMinute(), 2).append(between);
    return digits(out, t.getSecond(), 2);
  }

  /** Formatters do the same at ten times the cost, several times a request. */
  private static StringBuilder digits(StringBuilder out, int number, int places) {
    int unit = 1;
    for (int i = 1; i < places; i++) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      out.append((char) ('0' + number / unit % 10));
    }
    return out;
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

  /** {@code 20130524T000000Z}; empty if it is not of this form. */
  public static Optional<Instant> parseAmz(String text) {
    if (text.length() != 16 || text.charAt(8) != 'T' || text.charAt(15) != 'Z') {
      return Optional.empty();
    }
    for (int i = 0; i < 15; i++) {
      if (i != 8 && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
        return Optional.empty();
      }
    }
    try {
      LocalDateTime time =
          LocalDateTime.of(
              number(text, 0, 4),
              number(text, 4, 6),
              number(text, 6, 8),
              number(text, 9, 11),
              number(text, 11, 13),
              number(text, 13, 15));
      return Optional.of(time.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  /** As {@link #parseAmz} reads it. */
  public static String amz(Instant instant) {
    OffsetDateTime t = instant.atOffset(ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(16);
    date(out, t, "").append('T');
    return time(out, t, "").append('Z').toString();
  }
}
