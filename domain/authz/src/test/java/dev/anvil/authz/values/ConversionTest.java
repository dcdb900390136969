package dev.anvil.authz.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.caveats.CaveatType;
import dev.anvil.ports.caveats.CaveatType.Kind;
import dev.anvil.ports.failure.Invalid;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which JSON is a value of which type. */
@Tag("fast")
class ConversionTest {
  private static Object value(Kind kind, String json) throws Json.Malformed {
    return Conversion.convert("n", CaveatType.of(kind), Json.read(json));
  }

  private static void refused(Kind kind, String... texts) {
    for (String json : texts) {
      assertThatThrownBy(() -> value(kind, json))
          .as(kind + " " + json)
          .isInstanceOfSatisfying(
              Invalid.class, e -> assertThat(e.reason()).isEqualTo(Invalid.Reason.CAVEAT_CONTEXT));
    }
  }

  /** JSON has one kind of number: 42, 42.0 and 4.2e1 are the same integer. */
  @Test
  void wholeNumbersAreExact() throws Json.Malformed {
    for (String json : List.of("42", "\"42\"", "42.0", "4.2e1", "420e-1")) {
      assertThat(value(Kind.INT, json)).as(json).isEqualTo(42L);
      assertThat(value(Kind.UINT, json)).as(json).isEqualTo(42L);
    }
    assertThat(value(Kind.INT, "9007199254740993")).isEqualTo(9_007_199_254_740_993L);
    assertThat(value(Kind.INT, "\"-9223372036854775808\"")).isEqualTo(Long.MIN_VALUE);
    assertThat(value(Kind.INT, "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(value(Kind.UINT, "18446744073709551615")).isEqualTo(-1L);
    refused(
        Kind.INT,
        "42.5",
        "9223372036854775808",
        "-9223372036854775809",
        "1e300",
        "\"42.0\"",
        "\"4e1\"",
        "\"0x2a\"",
        "\" 42\"",
        "\"\"",
        "true",
        "null",
        "[42]");
    refused(Kind.UINT, "-1", "\"-1\"", "18446744073709551616", "0.5");
  }

  @Test
  void eachOtherTypeTakesItsOwnTextAlone() throws Json.Malformed {
    assertThat(value(Kind.BOOL, "true")).isEqualTo(true);
    refused(Kind.BOOL, "\"true\"", "1", "null");
    refused(Kind.STRING, "1", "null", "[]");
    assertThat((byte[]) value(Kind.BYTES, "\"YWI=\"")).containsExactly('a', 'b');
    refused(Kind.BYTES, "\"?\"", "1");
    assertThat(value(Kind.TIMESTAMP, "\"1970-01-01T01:00:01+01:00\""))
        .isEqualTo(Instant.ofEpochSecond(1));
    refused(Kind.TIMESTAMP, "\"1970-01-01\"", "\"1970-01-01T00:00:01\"", "1");
    refused(Kind.DURATION, "\"1\"", "\"h\"", "\"1h 2m\"", "60");
    refused(Kind.IPADDRESS, "\"10.0.0\"", "\"10.0.0.0/8\"", "\"example\"", "1");
    refused(Kind.DOUBLE, "\"x\"", "true", "1e309");
  }
}
