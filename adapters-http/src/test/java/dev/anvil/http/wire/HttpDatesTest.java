package dev.anvil.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class HttpDatesTest {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @Test
  void theExampleOfTheStandardIsWritten() {
    assertThat(HttpDates.format(Instant.parse("1994-11-06T08:49:37.9Z")))
        .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void everyDateIsWrittenAsAFormatterWritesItAndReadBack() {
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    SplittableRandom random = new SplittableRandom(seed);
    long least = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    long end = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    for (int i = 0; i < 20_000; i++) {
      Instant at = Instant.ofEpochSecond(random.nextLong(least, end), random.nextInt(1_000_000));
      String text = HttpDates.format(at);
      assertThat(text).as("seed %d", seed).isEqualTo(FORMAT.format(at));
      assertThat(HttpDates.parse(text)).contains(Instant.ofEpochSecond(at.getEpochSecond()));
    }
  }
}
