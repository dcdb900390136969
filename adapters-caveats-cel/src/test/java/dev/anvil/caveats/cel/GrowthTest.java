package dev.anvil.caveats.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.caveats.CaveatOutcome;
import dev.anvil.ports.caveats.CaveatRejected;
import dev.anvil.ports.caveats.CaveatSource;
import dev.anvil.ports.caveats.CaveatType;
import dev.anvil.ports.caveats.CaveatType.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No condition makes a value that fills the memory or takes for ever to compare. */
@Tag("fast")
class GrowthTest {
  private static CaveatOutcome run(String body, Map<String, Object> values) throws CaveatRejected {
    TreeMap<String, CaveatType> types = new TreeMap<>();
    types.put("s", CaveatType.of(Kind.STRING));
    types.put("b", CaveatType.of(Kind.BYTES));
    types.put("l", new CaveatType(Kind.LIST, CaveatType.of(Kind.INT)));
    return new CelCaveats().compile(new CaveatSource("c", types, body)).run(values);
  }

  @Test
  void loopsThatDoubleAreRefused() {
    for (String step :
        List.of(
            ".map(a, a + a)",
            ".map(a, [a, a])",
            ".map(a, [dyn(a), dyn(a)])",
            ".map(a, {'x': a, 'y': a})",
            ".map(a, [a].map(b, [b, b])[0])",
            ".map(a, a == a ? a : a)")) {
      String type = step.contains("[0])") || step.contains("? a") ? "[[s]]" : "[s]";
      assertThatThrownBy(() -> run(type + step.repeat(20) + " == []", Map.of()))
          .as(step)
          .isInstanceOf(CaveatRejected.class)
          .hasMessageContaining("1000 times");
    }
  }

  @Test
  void sumsAreBounded() throws CaveatRejected {
    List<Long> numbers = LongStream.range(0, 600).boxed().toList();
    Map<String, Object> values = Map.of("s", "x".repeat(3_000), "b", new byte[3_000], "l", numbers);
    String text = "s" + " + s".repeat(20);
    assertThat(run("size(" + text + ") == 63000", values)).isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("size(" + text + " + s) > 0", values))
        .isInstanceOfSatisfying(
            CaveatOutcome.Fault.class,
            f -> assertThat(f.why()).isEqualTo("a sum has at most 65536 characters"));
    assertThat(run("size(b" + " + b".repeat(20) + ") == 63000", values))
        .isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("size(b" + " + b".repeat(21) + ") > 0", values))
        .isInstanceOf(CaveatOutcome.Fault.class);
    assertThat(run("size(l" + " + l".repeat(15) + ") == 9600", values))
        .isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("size(l" + " + l".repeat(16) + ") > 0", values))
        .isInstanceOf(CaveatOutcome.Fault.class);
  }

  @Test
  void sumsAreTheStandardOnes() throws CaveatRejected {
    Map<String, Object> values = Map.of("s", "a\u00e9", "b", new byte[] {1}, "l", List.of(1L, 2L));
    for (String yes :
        List.of(
            "s + 'z' == 'a\u00e9z'",
            "'' + s == s",
            "b + b'\\002' == b'\\001\\002'",
            "l + [3] == [1, 2, 3]",
            "[] + l == l",
            "l.map(x, x + 1) + l == [2, 3, 1, 2]",
            "l.filter(x, x > 1) == [2]",
            "(l + l).all(x, x + 1 > 1) && 2 in (l + [7])",
            "[s] + ['q'] == [s, 'q']",
            "1 + 2 == 3 && 1.5 + 1.5 == 3.0 && 1u + 2u == 3u",
            "duration('1h') + duration('1m') == duration('61m')",
            "timestamp('2027-01-01T00:00:00Z') + duration('1h') =="
                + " timestamp('2027-01-01T01:00:00Z')")) {
      assertThat(run(yes, values)).as(yes).isEqualTo(CaveatOutcome.TRUE);
    }
    assertThat(run("s + 'z' == 'az'", Map.of())).isInstanceOf(CaveatOutcome.Missing.class);
    assertThat(run("9223372036854775807 + l[0] > 0", values))
        .isInstanceOf(CaveatOutcome.Fault.class);
  }

  @Test
  void whatIsUsualIsFarBelowTheBound() throws CaveatRejected {
    assertThat(
            run(
                "l.all(a, l.exists(c, a == c && a <= c && a + c > 0))"
                    + " && l.map(a, a * a).filter(a, a > 0 && a < 100).exists(a, a == 4)",
                Map.of("l", List.of(1L, 2L))))
        .isEqualTo(CaveatOutcome.TRUE);
  }
}
