package dev.anvil.s3.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Texts written by hand are those that formatters and a plain loop write. */
@Tag("fast")
class TextsTest {
  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  @Test
  void datesAreThoseOfTheFormatters() {
    DateTimeFormatter http = format("EEE, dd MMM yyyy HH:mm:ss 'GMT'");
    DateTimeFormatter iso = format("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    DateTimeFormatter amz = format("uuuuMMdd'T'HHmmss'Z'");
    SplittableRandom random = new SplittableRandom(Long.getLong("anvil.seed", 20260101));
    for (int i = 0; i < 20_000; i++) {
      // the years 1 to 9999, whose ends are written otherwise
      long second = random.nextLong(-62_135_596_800L, 253_402_300_800L);
      Instant instant = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
      assertThat(Dates.http(instant)).isEqualTo(http.format(instant));
      assertThat(Dates.iso(instant)).isEqualTo(iso.format(instant));
      assertThat(Dates.amz(instant)).isEqualTo(amz.format(instant));
      assertThat(Dates.parseAmz(amz.format(instant))).contains(Instant.ofEpochSecond(second));
      assertThat(Dates.parseHttp(Dates.http(instant))).contains(Instant.ofEpochSecond(second));
    }
  }

  /** The last elements are closed when the document is taken, which may need more room. */
  @Test
  void documentsOfEveryLengthAreWhole() {
    for (int length = 0; length < 5_000; length++) {
      String text = "x".repeat(length);
      String end = "<Inner>" + text + "</Inner></Root>";
      String whole = new String(inner(text).bytes(), StandardCharsets.UTF_8);
      assertThat(whole).startsWith("<?xml").endsWith(end);
      ByteBuffer content = inner(text).content();
      assertThat(StandardCharsets.UTF_8.decode(content).toString()).isEqualTo(whole);
      String rest = new String(inner(text).bytesAfterHead(), StandardCharsets.UTF_8);
      assertThat(rest).startsWith("<Root").endsWith(end);
    }
  }

  private static XmlWriter inner(String text) {
    return XmlWriter.of("Root").open("Inner").text(text);
  }

  @Test
  void whatIsNoDateIsNone() {
    String[] wrong = {
      "",
      "20130524T00000Z",
      "20130524T0000000",
      "20130524 000000Z",
      "2013052aT000000Z",
      "20130532T000000Z",
      "20130230T000000Z",
      "20131301T000000Z",
      "20130524T250000Z",
      "+2013052T000000Z",
      "-2013052T000000Z",
      "20130524T00-100Z"
    };
    for (String text : wrong) {
      assertThat(Dates.parseAmz(text)).as(text).isEmpty();
    }
  }

  @Test
  void everyCharacterIsWrittenSoThatAParserReadsIt() {
    for (int c = 0; c <= 0xFFFF; c++) {
      if (Character.isSurrogate((char) c)) {
        continue;
      }
      String text = "a" + (char) c + "b&";
      String shown =
          switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\r' -> "&#13;";
            case '\n' -> "&#10;";
            case '\t' -> "&#9;";
            default -> c < 0x20 || c >= 0xFFFE ? "\uFFFD" : Character.toString(c);
          };
      String written =
          new String(XmlWriter.of("R").element("E", text).bytes(), StandardCharsets.UTF_8);
      assertThat(written).as("character " + c).contains("<E>a" + shown + "b&amp;</E>");
    }
  }

  @Test
  void aLongDocumentIsWholeHoweverItGrows() {
    String pair = "x\uD83D\uDD28y\u00e4";
    XmlWriter grown = XmlWriter.document().open("R");
    XmlWriter roomy = XmlWriter.document().room(50_000).open("R");
    StringBuilder expected = new StringBuilder("<R>");
    byte[] rule = XmlWriter.constant("<hr></hr>");
    for (int i = 0; i < 1_000; i++) {
      grown.element("E", pair + i).markup(rule).text("\"");
      roomy.element("E", pair + i).markup(rule).text("\"");
      expected.append("<E>").append(pair).append(i).append("</E><hr></hr>&quot;");
    }
    byte[] whole = grown.bytes();
    assertThat(new String(whole, StandardCharsets.UTF_8)).endsWith(expected + "</R>");
    assertThat(roomy.bytes()).isEqualTo(whole);
    assertThat(StandardCharsets.UTF_8.decode(roomy.content()).toString())
        .isEqualTo(new String(whole, StandardCharsets.UTF_8));
    assertThat(XmlWriter.head().length + roomy.bytesAfterHead().length).isEqualTo(whole.length);
  }
}
