package dev.anvil.s3.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * {@link Dates#iso} for many points of time that are often of one day, as those of a list are: a
 * day is worked out once. Used by one thread.
 */
public final class IsoDates {
  private static final int SECONDS_OF_DAY = 86_400;

  /** Of days before, and far behind, which are spelt otherwise. */
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  private final byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
  private long day = -1;

  /** As documents carry it, in milliseconds. */
  public String text(Instant instant) {
    long at = Math.floorDiv(instant.getEpochSecond(), SECONDS_OF_DAY);
    if (at < 0 || at > LAST_DAY) {
      return Dates.iso(instant);
    }
    if (at != day) {
      day = at;
      byte[] date = LocalDate.ofEpochDay(at).toString().getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(date, 0, text, 0, date.length);
    }
    int second = Math.floorMod(instant.getEpochSecond(), SECONDS_OF_DAY);
    two(11, second / 3600);
    two(14, second / 60 % 60);
    two(17, second % 60);
    int millis = instant.getNano() / 1_000_000;
    text[20] = (byte) ('0' + millis / 100);
    two(21, millis % 100);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private void two(int at, int number) {
    text[at] = (byte) ('0' + number / 10);
    text[at + 1] = (byte) ('0' + number % 10);
  }
}
