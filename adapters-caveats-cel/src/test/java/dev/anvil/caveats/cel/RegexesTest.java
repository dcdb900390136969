package dev.anvil.caveats.cel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.anvil.ports.caveats.CaveatOutcome;
import dev.anvil.ports.caveats.CaveatProgram;
import dev.anvil.ports.caveats.CaveatRejected;
import dev.anvil.ports.caveats.CaveatSource;
import dev.anvil.ports.caveats.CaveatType;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Regular expressions are bounded before they take memory or stack. */
@Tag("fast")
class RegexesTest {
  private static CaveatProgram compile(String body) throws CaveatRejected {
    TreeMap<String, CaveatType> types = new TreeMap<>();
    types.put("p", CaveatType.of(CaveatType.Kind.STRING));
    types.put("s", CaveatType.of(CaveatType.Kind.STRING));
    return new CelCaveats().compile(new CaveatSource("c", types, body));
  }

  private static CaveatOutcome run(String pattern, String text) throws CaveatRejected {
    return compile("s.matches(p)").run(Map.of("p", pattern, "s", text));
  }

  @Test
  void bombsAreRefusedUncompiled() throws CaveatRejected {
    for (String bomb :
        List.of(
            "(a{1,900}){1,900}",
            "(((((a{50}){50}){50}){50}){50})",
            "((((((((((x{1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000})",
            "(?:(?:(?i:[a-z]{500}){500}){500})",
            "((){1000}){1000}",
            "((\\pL{100}){100}){100}",
            "((\\x{10ffff}{100}){100}){100}",
            "((\\Qab\\E{100}){100}){100}",
            "(([^]a]{100}){100}){100}",
            "a{1000}".repeat(40),
            "(".repeat(201) + "a" + ")".repeat(201))) {
      assertThat(Regexes.writtenOut(bomb)).as(bomb).isGreaterThan(Regexes.WRITTEN_OUT);
      assertThat(run(bomb, "a".repeat(5_000)))
          .as(bomb)
          .isInstanceOfSatisfying(
              CaveatOutcome.Fault.class, f -> assertThat(f.why()).contains("1000 instructions"));
    }
  }

  /** The library looks for all cases of U+1C80 and never comes back. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatTheCompilerWouldNotReturnFromIsRefused() throws CaveatRejected {
    for (String endless :
        List.of(
            "(?i)[B-\\x{1e942}]",
            "(?i)\\x{1c80}",
            "(?i)\u1c88",
            "(?i:[a\\n-\uffff])",
            "(?si)[^\\101-\\x{01C85}]",
            "a(?i)[\u1c00-\ud800\udc00]")) {
      assertThat(run(endless, "b"))
          .as(endless)
          .isInstanceOfSatisfying(
              CaveatOutcome.Fault.class, f -> assertThat(f.why()).contains("U+1C80"));
    }
    for (String harmless :
        List.of(
            "(?i)[B-\\x{1c7f}]", "(?i)[\\x{1c89}-\\x{1e942}b]", "[B-\\x{1e942}]", "(?i)\\pLx?b?")) {
      assertThat(run(harmless, "b")).as(harmless).isEqualTo(CaveatOutcome.TRUE);
    }
  }

  @Test
  void whatIsLargeButNoBombIsMeasured() throws CaveatRejected {
    assertThat(run("a{0,400}b", "b")).isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("a{0,600}b", "b")).isInstanceOf(CaveatOutcome.Fault.class);
    assertThat(run("a{0,1000}", "b")).isInstanceOf(CaveatOutcome.Fault.class);
    assertThat(run("(".repeat(200) + "a" + ")".repeat(200), "a")).isEqualTo(CaveatOutcome.TRUE);
    assertThat(run("^(?:ab|cd){1,20}\\x{41}\\p{Greek}?[^]{}]$", "abcdA+"))
        .isEqualTo(CaveatOutcome.TRUE);
  }

  @Test
  void aFailureIsAbsorbedLikeAnyOther() throws CaveatRejected {
    Map<String, Object> bad = Map.of("p", "(((a{99}){99}){99})", "s", "x");
    assertThat(compile("s.matches(p) || s == 'x'").run(bad)).isEqualTo(CaveatOutcome.TRUE);
    assertThat(compile("s == 'x' || s.matches(p)").run(bad)).isEqualTo(CaveatOutcome.TRUE);
    assertThat(compile("s.matches(p) && s == 'y'").run(bad)).isEqualTo(CaveatOutcome.FALSE);
    assertThat(compile("s.matches(p)").run(Map.of("p", "(", "s", "x")))
        .isInstanceOf(CaveatOutcome.Fault.class);
    assertThat(compile("matches(s, p)").run(bad)).isInstanceOf(CaveatOutcome.Fault.class);
    assertThat(compile("s.matches(p)").run(Map.of("p", "a")))
        .isInstanceOf(CaveatOutcome.Missing.class);
  }

  /** What is compiled at all is never much larger than it was taken for. */
  @Test
  void programsAreNoLargerThanTheyWereTakenFor() {
    SplittableRandom random = new SplittableRandom(Long.getLong("anvil.seed", 11));
    String[] parts = {
      "a", "b", ".", "^", "$", "\\d", "\\pL", "\\x{41}", "[a-c]", "[^]x]", "[[:alpha:]]", "*", "+",
      "?", "|", "(", "(?:", "(?i)", "(?P<n>", ")", "{3}", "{2,}", "{0,9}", "{1,30}", "{a}",
          "\\Qa*\\E"
    };
    int compiled = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder regex = new StringBuilder();
      for (int n = random.nextInt(1, 12); n > 0; n--) {
        regex.append(parts[random.nextInt(parts.length)]);
      }
      String text = regex.toString();
      long taken = Regexes.writtenOut(text);
      if (taken <= Regexes.WRITTEN_OUT) {
        try {
          int size = Pattern.compile(text).programSize();
          compiled++;
          assertThat((long) size).as("%s taken for %d", text, taken).isLessThan(20 * taken + 20);
        } catch (PatternSyntaxException e) {
          assertThat(e.getMessage()).isNotEmpty();
        }
      }
    }
    assertThat(compiled).isGreaterThan(2_000);
  }
}
