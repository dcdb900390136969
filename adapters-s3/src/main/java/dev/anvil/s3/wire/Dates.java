package dev.anvil.s3.wire;

import java.time.DateTimeException;
import java.time.Instant;
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

  private Dates() {}

  /** As headers carry it, in whole seconds. */
  public static String http(Instant instant) {
    return HTTP.format(instant);
  }

  /** As documents carry it, in milliseconds. */
  public static String iso(Instant instant) {
    return ISO.format(instant.truncatedTo(ChronoUnit.MILLIS));
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
    if (text.length() != 16) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.from(AMZ.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** As {@link #parseAmz} reads it. */
  public static String amz(Instant instant) {
    return AMZ.format(instant);
  }
}
