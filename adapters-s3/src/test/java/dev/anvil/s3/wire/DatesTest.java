package dev.anvil.s3.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written by hand is what formatters write. */
@Tag("fast")
final class DatesTest {
  private static final long YEAR_10000 = 253_402_300_800L;
  private static final int ROUNDS = 20_000;

  private static DateTimeFormatter pattern(String text) {
    return DateTimeFormatter.ofPattern(text, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  @Test
  void asFormattersDo() {
    DateTimeFormatter http = pattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'");
    DateTimeFormatter iso = pattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    DateTimeFormatter amz = pattern("uuuuMMdd'T'HHmmss'Z'");
    IsoDates many = new IsoDates();
    SplittableRandom random = new SplittableRandom(Long.getLong("anvil.seed", 20_261_126L));
    for (int i = 0; i < ROUNDS; i++) {
      Instant at =
          Instant.ofEpochSecond(random.nextLong(YEAR_10000), random.nextInt(1_000_000_000));
      assertThat(Dates.http(at)).isEqualTo(http.format(at));
      assertThat(Dates.iso(at)).isEqualTo(iso.format(at));
      assertThat(many.text(at)).isEqualTo(iso.format(at));
      Instant near = at.plusSeconds(random.nextInt(20_000));
      assertThat(many.text(near)).isEqualTo(Dates.iso(near));
      assertThat(Dates.amz(at)).isEqualTo(amz.format(at));
      assertThat(Dates.parseAmz(Dates.amz(at)))
          .contains(Instant.ofEpochSecond(at.getEpochSecond()));
    }
  }

  @Test
  void daysOfOtherYearsAreSpeltTheOldWay() {
    IsoDates many = new IsoDates();
    for (long second : new long[] {-1, YEAR_10000 - 1, YEAR_10000, -62_167_219_201L, 0}) {
      Instant at = Instant.ofEpochSecond(second, 7_000_000);
      assertThat(many.text(at)).isEqualTo(Dates.iso(at));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "20130524T000000",
        "20130524t000000Z",
        "20130524T000000z",
        "20131324T000000Z",
        "20130230T000000Z",
        "20130524T240000Z",
        "20130524T006000Z",
        "2013052 T000000Z",
        "+0130524T000000Z",
        "20130524T00000\u0660Z"
      })
  void whatIsNoDateIsNone(String text) {
    assertThat(Dates.parseAmz(text)).isEmpty();
  }
}
