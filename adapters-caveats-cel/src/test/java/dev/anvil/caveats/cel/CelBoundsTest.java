package dev.anvil.caveats.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.caveats.CaveatOutcome;
import dev.anvil.ports.caveats.CaveatOutcome.Fault;
import dev.anvil.ports.caveats.CaveatProgram;
import dev.anvil.ports.caveats.CaveatRejected;
import dev.anvil.ports.caveats.CaveatSource;
import dev.anvil.ports.caveats.CaveatType;
import dev.anvil.ports.caveats.CaveatType.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each bound of a condition at it and one past it. */
class CelBoundsTest {
  private final CelCaveats engine = new CelCaveats();

  private CaveatProgram compile(String body) throws CaveatRejected {
    CaveatType ints = new CaveatType(Kind.named("list"), CaveatType.of(Kind.named("int")));
    return engine.compile(
        new CaveatSource(
            "c", new TreeMap<>(Map.of("n", CaveatType.of(Kind.named("int")), "l", ints)), body));
  }

  private CaveatOutcome run(String body, int length) throws CaveatRejected {
    List<Long> list = Collections.nCopies(length, 1L);
    return compile(body).run(Map.of("n", 1L, "l", list));
  }

  private static String padded(int characters) {
    return "n ==" + " ".repeat(characters - 5) + "1";
  }

  private static String nested(int depth) {
    return "(".repeat(depth) + "n == 1" + ")".repeat(depth);
  }

  @Test
  void bodies() throws CaveatRejected {
    assertThat(run(padded(4_096), 0)).isEqualTo(CaveatOutcome.TRUE);
    assertThatThrownBy(() -> compile(padded(4_097))).isInstanceOf(CaveatRejected.class);
  }

  /** A comparison in so many parentheses; what the outermost ones hold counts itself. */
  @Test
  void depth() throws CaveatRejected {
    int most = 0;
    while (most < 100 && compiles(nested(most + 1))) {
      most++;
    }
    assertThat(most).as("parentheses around a comparison").isBetween(24, 32);
    assertThat(run(nested(most), 0)).isEqualTo(CaveatOutcome.TRUE);
    int deeper = most + 1;
    assertThatThrownBy(() -> compile(nested(deeper))).isInstanceOf(CaveatRejected.class);
  }

  private boolean compiles(String body) {
    try {
      compile(body);
      return true;
    } catch (CaveatRejected e) {
      return false;
    }
  }

  @Test
  void steps() throws CaveatRejected {
    assertThat(run("l.all(x, x == n)", 500)).isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("l.all(x, x == n)", 501)).isInstanceOf(Fault.class);
    assertThat(run("l.all(x, x == n) && l.all(x, x == n)", 250)).isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("l.all(x, x == n) && l.all(x, x == n)", 251)).isInstanceOf(Fault.class);
    String nestedLoops = "l.all(x, l.all(y, x == y))";
    assertThat(run(nestedLoops, 21)).isEqualTo(CaveatOutcome.TRUE);
    assertThat(run(nestedLoops, 22)).isInstanceOf(Fault.class);
  }
}
