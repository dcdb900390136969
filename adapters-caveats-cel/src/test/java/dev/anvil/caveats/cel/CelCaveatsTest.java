package dev.anvil.caveats.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.caveats.CaveatOutcome;
import dev.anvil.ports.caveats.CaveatOutcome.Fault;
import dev.anvil.ports.caveats.CaveatOutcome.Missing;
import dev.anvil.ports.caveats.CaveatRejected;
import dev.anvil.ports.caveats.CaveatSource;
import dev.anvil.ports.caveats.CaveatType;
import dev.anvil.ports.caveats.CaveatType.Kind;
import dev.anvil.ports.caveats.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CelCaveatsTest {
  private final CelCaveats engine = new CelCaveats();

  private CaveatOutcome run(String parameters, String body, Map<String, Object> values)
      throws CaveatRejected {
    return engine.compile(source(parameters, body)).run(values);
  }

  private static CaveatSource source(String parameters, String body) {
    TreeMap<String, CaveatType> types = new TreeMap<>();
    for (String p : parameters.split(", ")) {
      String[] words = p.split(" ");
      types.put(words[0], type(words[1]));
    }
    return new CaveatSource("c", types, body);
  }

  private static CaveatType type(String text) {
    int angle = text.indexOf('<');
    return angle < 0
        ? CaveatType.of(Kind.named(text))
        : new CaveatType(
            Kind.named(text.substring(0, angle)),
            type(text.substring(angle + 1, text.length() - 1)));
  }

  private static Missing missing(String... names) {
    return new Missing(new TreeSet<>(List.of(names)));
  }

  @Test
  void decidesOverEveryType() throws CaveatRejected {
    assertThat(run("n int", "n == 42", Map.of("n", 42L))).isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("n int", "n == 42", Map.of("n", 41L))).isEqualTo(CaveatOutcome.FALSE);
    assertThat(run("n uint", "n > 9223372036854775807u", Map.of("n", -1L)))
        .isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("s string", "s.startsWith('a') && s.matches('^a.c$')", Map.of("s", "abc")))
        .isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("d duration", "d > duration('1h')", Map.of("d", Duration.ofHours(2))))
        .isEqualTo(CaveatOutcome.TRUE);
    assertThat(
            run(
                "t timestamp",
                "t < timestamp('2027-01-01T00:00:00Z')",
                Map.of("t", Instant.ofEpochSecond(1))))
        .isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("b bytes", "b == b'ab'", Map.of("b", new byte[] {97, 98})))
        .isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("l list<int>", "l.exists(x, x > 2)", Map.of("l", List.of(1L, 3L))))
        .isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("m map<string>", "m.a == 'x'", Map.of("m", Map.of("a", "x"))))
        .isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("x double", "x < 1.5", Map.of("x", 1.0))).isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("x any", "x == 1", Map.of("x", 1L))).isEqualTo(CaveatOutcome.TRUE);
  }

  @Test
  void listsInsideListsAreCompared() throws CaveatRejected {
    Map<String, Object> x = Map.of("x", List.of(List.of("a"), "b"));
    assertThat(run("x list<any>", "x == [[\"a\"], \"b\"]", x)).isEqualTo(CaveatOutcome.TRUE);
  }

  @Test
  void addressesAndTrees() throws CaveatRejected {
    Map<String, Object> mapped = Map.of("ip", IpAddress.parse("::ffff:10.1.2.3"));
    assertThat(run("ip ipaddress", "ip.in_cidr('10.0.0.0/8')", mapped))
        .isEqualTo(CaveatOutcome.TRUE);
    Map<String, Object> six = Map.of("ip", IpAddress.parse("2001:db8::1"));
    assertThat(run("ip ipaddress", "ip.in_cidr('2001:db8::/32')", six))
        .isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("ip ipaddress", "ip.in_cidr('10.0.0.0/8')", six)).isEqualTo(CaveatOutcome.FALSE);
    assertThat(run("ip ipaddress", "ip.in_cidr('10.0.0/8')", six)).isInstanceOf(Fault.class);
    Map<String, Object> maps =
        Map.of("a", Map.of("k", Map.of("x", 1L)), "b", Map.of("k", Map.of("x", 1L, "y", 2L)));
    assertThat(run("a map<any>, b map<any>", "a.isSubtreeOf(b)", maps))
        .isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("a map<any>, b map<any>", "b.isSubtreeOf(a)", maps))
        .isEqualTo(CaveatOutcome.FALSE);
  }

  @Test
  void whatIsMissingIsNamedUnlessItDoesNotMatter() throws CaveatRejected {
    assertThat(run("n int", "n == 42", Map.of())).isEqualTo(missing("n"));
    assertThat(run("a bool, b int", "a && b == 1", Map.of("a", false)))
        .isEqualTo(CaveatOutcome.FALSE);
    assertThat(run("a bool, b int", "b == 1 && a", Map.of("a", false)))
        .isEqualTo(CaveatOutcome.FALSE);
    assertThat(run("a bool, b int", "a && b == 1", Map.of("a", true))).isEqualTo(missing("b"));
    assertThat(run("a int, b int", "a == b", Map.of())).isEqualTo(missing("a", "b"));
    assertThat(run("got string, want string", "got == want", Map.of("want", "x")))
        .isEqualTo(missing("got"));
    assertThat(run("m map<int>", "m['a'] == 1", Map.of())).isEqualTo(missing("m"));
    assertThat(run("m map<int>", "m.a == 1 || has(m.b)", Map.of())).isEqualTo(missing("m"));
    assertThat(run("l list<int>", "l.all(x, x > 0)", Map.of())).isEqualTo(missing("l"));
    assertThat(run("l list<int>, n int", "l.exists(x, x == n)", Map.of("l", List.of(1L))))
        .isEqualTo(missing("n"));
  }

  @Test
  void faultsAreNoDenials() throws CaveatRejected {
    assertThat(run("m map<int>", "m['a'] == 1", Map.of("m", Map.of()))).isInstanceOf(Fault.class);
    assertThat(run("n int", "n + 1 > 0", Map.of("n", Long.MAX_VALUE))).isInstanceOf(Fault.class);
    assertThat(run("n int", "1 / n == 1", Map.of("n", 0L))).isInstanceOf(Fault.class);
    assertThat(run("l list<int>", "l[3] == 1", Map.of("l", List.of()))).isInstanceOf(Fault.class);
  }

  @Test
  void hostileConditionsMeetABound() throws CaveatRejected {
    List<Long> many = Collections.nCopies(400, 1L);
    assertThat(run("l list<int>", "l.all(x, l.all(y, x == y))", Map.of("l", many)))
        .isInstanceOf(Fault.class);
    assertThat(run("s string", "s.matches('(((a{30}){30}){30})')", Map.of("s", "a")))
        .isInstanceOf(Fault.class);
    String nested = "(".repeat(200) + "true" + ")".repeat(200);
    assertThatThrownBy(() -> run("n int", nested, Map.of())).isInstanceOf(CaveatRejected.class);
    assertThatThrownBy(() -> run("n int", "true " + " ".repeat(5_000), Map.of()))
        .isInstanceOf(CaveatRejected.class);
  }

  @Test
  void onlyABoolOverItsParametersCompiles() {
    for (String body : List.of("n", "m == 1", "n ==", "n == 'x'", "")) {
      assertThatThrownBy(() -> engine.compile(source("n int", body)))
          .as(body)
          .isInstanceOf(CaveatRejected.class);
    }
  }

  @Test
  void identityIsOfTheTreeAndItsTypes() throws CaveatRejected {
    byte[] one = engine.compile(source("n int", "n == 42")).identity();
    assertThat(engine.compile(source("n int", "n  ==\n 42")).identity()).isEqualTo(one);
    assertThat(engine.compile(source("n int", "n == 43")).identity()).isNotEqualTo(one);
    assertThat(engine.compile(source("n any", "n == 42")).identity()).isNotEqualTo(one);
    assertThat(engine.compile(source("n int, m int", "n == 42")).unused()).containsExactly("m");
  }
}
