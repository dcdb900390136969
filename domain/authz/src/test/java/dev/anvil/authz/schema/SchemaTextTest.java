package dev.anvil.authz.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.authz.graph.TestCaveats;
import dev.anvil.authz.limits.AuthzLimits.SchemaLimits;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.testkit.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class SchemaTextTest {
  private final Map<String, Integer> names = new HashMap<>();
  private final SchemaReader reader = new SchemaReader(SchemaLimits.DEFAULT, new TestCaveats());

  private Schema read(String text) {
    return reader.read(text, false, n -> names.computeIfAbsent(n, name -> names.size() + 1));
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> problems(String text) {
    Invalid e = catchThrowableOfType(Invalid.class, () -> read(text));
    assertThat(e).as(text).isNotNull();
    assertThat(e.code().wire()).isEqualTo("SchemaInvalid");
    return (List<Map<String, Object>>) e.fields().get("problems");
  }

  private static String type(String members) {
    return "definition user {}\ndefinition g { relation m: user }\ndefinition d {\n"
        + "relation a: user\nrelation b: user\nrelation c: user\nrelation g: g\n"
        + members
        + "\n}";
  }

  @ParameterizedTest
  @CsvSource({
    "a + b & c,(a + b) & c",
    "a - b + c,a - (b + c)",
    "a - b - c,a - b - c",
    "a - (b - c),a - (b - c)",
    "a & b - c,(a & b) - c",
    "(a + b),a + b",
    "g.any(m),g->m",
    "g.all(m),g.all(m)",
    "nil,nil"
  })
  void plusBindsTightestThenAndThenMinus(String written, String meant) {
    String formatted = reader.format(type("permission p = " + written));
    assertThat(formatted).contains("permission p = " + meant + "\n");
    assertThat(reader.format(formatted)).isEqualTo(formatted);
    assertThat(read(type("permission p = " + written)).digest())
        .isEqualTo(read(type("permission p = " + meant)).digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relation x: nobody | UnknownType",
        "relation x: user#y | UnknownMember",
        "permission x = y | UnknownMember",
        "relation x: user with y | UnknownCaveat",
        "relation a: user | DuplicateName",
        "relation x: user user | Syntax",
        "relation x: user with expiration | FlagMissing",
        "permission x = self | FlagMissing",
        "permission x: user = a | FlagMissing",
        "permission x = a ; permission y = x->m | ArrowOverPermission",
        "relation x: g:* ; permission y = x->m | ArrowOverWildcard",
        "permission x = g->nothing | ArrowTargetMissing",
        "permission x = y ; permission y = x + a | SelfReference",
        "permission nil = a | ReservedName",
        "permission x = g->m->m | Syntax",
        "permission x = a + | Syntax",
        "relation x user | Syntax"
      })
  void everyErrorHasItsCode(String members, String code) {
    assertThat(problems(type(members.replace(" ; ", "\n"))))
        .extracting(p -> p.get("code"))
        .contains(code);
  }

  @Test
  void aShapeIsNamedOnce() {
    assertThat(problems(type("relation x: user | user")))
        .extracting(p -> p.get("code"))
        .containsExactly("DuplicateAllowed");
  }

  @Test
  void allErrorsComeTogetherWithTheirPlaces() {
    List<Map<String, Object>> found =
        problems("definition user {}\ndefinition d {\n  relation x: nobody\n  relation y: none\n}");
    assertThat(found).extracting(p -> p.get("line")).containsExactly(3, 4);
    assertThat(found).extracting(p -> p.get("column")).containsExactly(15, 15);
    assertThat(problems("definition a { relation }\ndefinition 1 {}\n"))
        .extracting(p -> p.get("line"))
        .contains(1, 2);
  }

  @Test
  void serverTypesAreCompletedAndProtected() {
    Schema schema = read("definition anvil/bucket { relation reader: anvil/app }");
    assertThat(schema.type("anvil/bucket").member("read")).isNotNull();
    assertThat(schema.type("anvil/object").member("see")).isNotNull();
    assertThat(schema.redefinesSystem()).isTrue();
    assertThat(read("").redefinesSystem()).isFalse();
    for (String text :
        List.of(
            "definition anvil/thing {}",
            "definition anvil/object { relation parent: anvil/app }",
            "definition anvil/bucket { relation read: anvil/app }")) {
      assertThat(problems(text)).extracting(p -> p.get("code")).contains("ReservedName");
    }
  }

  @Test
  void theDigestIsOfTheMeaning() {
    byte[] one = read(type("permission p = a + b")).digest();
    assertThat(read("// hello\n" + type("/* x */ permission p = a  +\n b")).digest())
        .isEqualTo(one);
    assertThat(read(type("permission p = a + c")).digest()).isNotEqualTo(one);
  }

  @Test
  void commentsSurviveFormatting() {
    String text =
        """
        // top
        definition user {}

        /** documents */
        definition d {
          // who
          relation a: user | user:*
          /* last */
        }
        """;
    assertThat(reader.format(text)).isEqualTo(text);
  }

  @Test
  void warningsDoNotStopItUnlessStrict() {
    String text = type("permission p = a + b & c");
    assertThat(read(text).warnings()).extracting(p -> p.code().wire()).contains("MixedOperators");
    Invalid strict =
        catchThrowableOfType(
            Invalid.class,
            () -> reader.read(text, true, n -> names.computeIfAbsent(n, name -> names.size() + 1)));
    assertThat(strict.getMessage()).contains("MixedOperators");
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 33})
  void depthIsBounded(int depth) {
    String text = type("permission p = " + "(".repeat(depth) + "a" + ")".repeat(depth));
    if (depth <= 32) {
      assertThat(read(text)).isNotNull();
    } else {
      assertThat(problems(text)).extracting(p -> p.get("code")).contains("LimitExceeded");
    }
  }

  @Test
  void itemsMayFollowEachOtherOnALine() {
    Schema folded =
        read(
            "use self use expiration caveat c(n int) { n == 1 } definition user {}"
                + " definition doc { relation viewer: user with c and expiration"
                + "\n permission view = viewer } definition other {}");
    assertThat(folded.types()).extracting(Schema.Type::name).contains("user", "doc", "other");
    assertThat(problems("definition user {} relation x: user"))
        .extracting(p -> p.get("code"))
        .containsExactly("Syntax");
  }

  @Test
  void garbageIsRefusedAndNeverMore() {
    String alphabet = "definition relation permission caveat use {}()#:*|+-&.->; \n/\"'abc\u00e9\0";
    Seeds.fixed(random -> {
      for (int i = 0; i < 3_000; i++) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "definition a {" : "");
        for (int n = random.nextInt(60); n > 0; n--) {
          int from = random.nextInt(alphabet.length());
          int to = Math.min(alphabet.length(), from + 1 + random.nextInt(6));
          text.append(alphabet, from, to);
        }
        try {
          read(text.toString());
        } catch (Invalid e) {
          assertThat(e.code().wire()).isEqualTo("SchemaInvalid");
        }
      }
    });
  }
}
