package dev.anvil.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Invalid;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class JacksonJsonDocumentsTest {
  private final JacksonJsonDocuments json = new JacksonJsonDocuments();

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String compact(String text) {
    return new String(json.compact(utf8(text)), StandardCharsets.UTF_8);
  }

  private String patched(String target, String patch) {
    return new String(json.mergePatch(utf8(target), utf8(patch)), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{ \"b\" : 1 ,\t\"a\": [ true , null ] } ~ {\"b\":1,\"a\":[true,null]}",
        "12345678901234567890123456789.100 ~ 12345678901234567890123456789.100",
        "[1e400, -0, 1.0, 1E+2, 0.1000000000000000000000001] ~"
            + " [1e400,-0,1.0,1E+2,0.1000000000000000000000001]",
        "\"\\u00e9\\ud83d\\ude00\\u0000\" ~ \"é😀\\u0000\"",
        "\"\\/\" ~ \"/\"",
        "{} ~ {}",
        " null ~ null",
      })
  void compactingKeepsOrderAndDigits(String document, String expected) {
    assertThat(compact(document)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{'a':1}",
        "{a:1}",
        "[1] [2]",
        "1 2",
        "nul",
        "NaN",
        "Infinity",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "-",
        "\"\t\"",
        "\"\\x\"",
        "// c\n1",
        "/* */1",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "[{\"x\":{\"b\":0,\"b\":0}}]",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800x\"",
        "{\"\\ud800\":1}",
        "\uFEFF{}",
        "[1 2]",
        "}",
        "{\"a\"}",
      })
  void strictlyJsonAndNothingElse(String document) {
    byte[] bytes = utf8(document);
    assertThatThrownBy(() -> json.compact(bytes))
        .isInstanceOfSatisfying(
            Invalid.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Invalid.Reason.JSON);
              assertThat(e.fields()).containsKeys("line", "column");
            });
    assertThatThrownBy(() -> json.mergePatch(utf8("{}"), bytes)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> json.mergePatch(bytes, utf8("{}"))).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
  void otherEncodingsAreRefused(String charset) {
    byte[] bytes = "{\"é\":1}".getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> json.compact(bytes)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> json.compact(new byte[] {'"', (byte) 0xFF, '"'}))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> json.compact(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void depthIsBoundedAtSixtyFour() {
    int max = JacksonJsonDocuments.MAX_DEPTH;
    String fits = "[".repeat(max) + "]".repeat(max);
    assertThat(compact(fits)).isEqualTo(fits);
    assertThatThrownBy(() -> compact("[" + fits + "]")).isInstanceOf(Invalid.class);
    String objects = "{\"a\":".repeat(max) + "1" + "}".repeat(max);
    assertThat(patched("{}", objects)).isEqualTo(objects);
    assertThatThrownBy(() -> patched("{}", "{\"a\":" + objects + "}")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> compact("[".repeat(1_000_000))).isInstanceOf(Invalid.class);
  }

  @Test
  void numbersAreBoundedInLength() {
    String fits = "1".repeat(JacksonJsonDocuments.MAX_NUMBER_CHARS);
    assertThat(compact(fits)).isEqualTo(fits);
    assertThatThrownBy(() -> compact(fits + "1")).isInstanceOf(Invalid.class);
  }

  @Test
  void anObjectIsDemandedAtTheTop() {
    assertThat(json.compactObject(utf8(" {} "))).isEqualTo(utf8("{}"));
    for (String other : new String[] {"[]", "1", "null", "\"{}\""}) {
      assertThatThrownBy(() -> json.compactObject(utf8(other)))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("object");
    }
  }

  @Test
  void messagesSayWhere() {
    assertThatThrownBy(() -> compact("{\n  \"a\": tru\n}"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("line 2");
  }

  /** The examples of RFC 7396, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"b\"} ~ {\"a\":\"c\"} ~ {\"a\":\"c\"}",
        "{\"a\":\"b\"} ~ {\"b\":\"c\"} ~ {\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"} ~ {\"a\":null} ~ {}",
        "{\"a\":\"b\",\"b\":\"c\"} ~ {\"a\":null} ~ {\"b\":\"c\"}",
        "{\"a\":[\"b\"]} ~ {\"a\":\"c\"} ~ {\"a\":\"c\"}",
        "{\"a\":\"c\"} ~ {\"a\":[\"b\"]} ~ {\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}} ~ {\"a\":{\"b\":\"d\",\"c\":null}} ~ {\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]} ~ {\"a\":[1]} ~ {\"a\":[1]}",
        "[\"a\",\"b\"] ~ [\"c\",\"d\"] ~ [\"c\",\"d\"]",
        "{\"a\":\"b\"} ~ [\"c\"] ~ [\"c\"]",
        "{\"a\":\"foo\"} ~ null ~ null",
        "{\"a\":\"foo\"} ~ \"bar\" ~ \"bar\"",
        "{\"e\":null} ~ {\"a\":1} ~ {\"e\":null,\"a\":1}",
        "[1,2] ~ {\"a\":\"b\",\"c\":null} ~ {\"a\":\"b\"}",
        "{} ~ {\"a\":{\"bb\":{\"ccc\":null}}} ~ {\"a\":{\"bb\":{}}}",
        "{\"a\":1.10} ~ {\"b\":[1e400,{\"c\":null}]} ~ {\"a\":1.10,\"b\":[1e400,{\"c\":null}]}",
      })
  void mergePatchFollowsTheRfc(String target, String patch, String expected) {
    assertThat(patched(target, patch)).isEqualTo(expected);
  }

  @Tag("verify")
  @Test
  void rubbishIsInvalidAndNothingElse() {
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    Random random = new Random(seed);
    String alphabet = "{}[]\",:0123456789.eE+-truefalsn\\u \uD83D\uDE00é\u0000";
    for (int i = 0; i < 20_000; i++) {
      byte[] document = new byte[random.nextInt(24)];
      byte[] letters = utf8(alphabet);
      for (int j = 0; j < document.length; j++) {
        document[j] = letters[random.nextInt(letters.length)];
      }
      try {
        byte[] once = json.compact(document);
        assertThat(json.compact(once)).as("seed %d", seed).isEqualTo(once);
      } catch (Invalid e) {
        assertThat(e.reason()).as("seed %d", seed).isEqualTo(Invalid.Reason.JSON);
      }
    }
  }

  @Test
  void refusalsSayNothingOfTheParser() {
    assertThatThrownBy(() -> compact("{\"a\":[1"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("line 1")
        .hasMessageNotContaining("REDACTED")
        .hasMessageNotContaining("Source");
  }

  @Tag("verify")
  @Test
  void namesAreBoundedInAnObjectAndInAPatch() {
    String full = names(JacksonJsonDocuments.MAX_NAMES);
    assertThat(compact(full)).isEqualTo(full);
    assertThat(patched("{}", full)).isEqualTo(full);
    String more = names(JacksonJsonDocuments.MAX_NAMES + 1);
    assertThatThrownBy(() -> compact(more)).isInstanceOf(Invalid.class);
    String deep = "{\"a\":" + full + "}";
    assertThat(compact(deep)).isEqualTo(deep);
    assertThatThrownBy(() -> patched(deep, "{}")).isInstanceOf(Invalid.class);
  }

  private static String names(int count) {
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : ",").append('"').append(i).append("\":0");
    }
    return out.append('}').toString();
  }
}
