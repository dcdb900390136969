package dev.anvil.authz.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.authz.graph.TestCaveats;
import dev.anvil.authz.limits.AuthzLimits.SchemaLimits;
import dev.anvil.ports.failure.Invalid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All that is wrong with a text is told at once, and nothing that is not. */
@Tag("fast")
class ManyProblemsTest {
  private final Map<String, Integer> names = new HashMap<>();
  private final SchemaReader reader = new SchemaReader(SchemaLimits.DEFAULT, new TestCaveats());

  @SuppressWarnings("unchecked")
  private List<String> told(String text) {
    Invalid e =
        catchThrowableOfType(
            Invalid.class,
            () -> reader.read(text, false, n -> names.computeIfAbsent(n, x -> names.size() + 1)));
    assertThat(e).as(text).isNotNull();
    List<Map<String, Object>> problems = (List<Map<String, Object>>) e.fields().get("problems");
    assertThat(problems).allSatisfy(p -> assertThat(p.get("fix").toString()).isNotBlank());
    return problems.stream()
        .map(p -> p.get("line") + ":" + p.get("column") + " " + p.get("code"))
        .toList();
  }

  @Test
  void aFaultOfTheLanguageHidesNoOthers() {
    assertThat(
            told(
                """
                definition user {}
                definition group {
                  relation member user
                  relation lead: nobody
                }
                definition doc {
                  relation viewer: user with expiration
                  permission view = viewer + (missing
                  permission edit = absent
                  permission own = own + viewer
                }
                """))
        .containsExactly(
            "3:19 Syntax",
            "4:18 UnknownType",
            "7:30 FlagMissing",
            "9:3 Syntax",
            "9:21 UnknownMember",
            "10:14 SelfReference");
  }

  @Test
  void whatMayStandInABrokenPlaceIsNotCalledUnknown() {
    assertThat(
            told(
                """
                definition user {}
                definition group {
                  relation member user
                  permission all = member + gone
                }
                definition 7th {
                  relation x: user
                }
                caveat office(hour integer) {
                  hour > 8 && { "a": "}" } != {}
                }
                definition doc {
                  relation viewer: group#member | seventh | user with office
                  relation parent: group
                  permission view = viewer + parent->member + parent->nothing
                }
                """))
        .containsExactly(
            "3:19 Syntax",
            "4:29 UnknownMember",
            "6:12 Syntax",
            "9:20 Syntax",
            "15:47 ArrowTargetMissing");
  }

  @Test
  void aBraceThatIsMissingEndsAtTheNextDefinition() {
    assertThat(
            told(
                """
                definition user {}
                definition a {
                  relation x: user
                definition b {
                  relation y: a#x | a#z
                }}
                definition c { relation y: b#nope }
                """))
        .containsExactly("4:1 Syntax", "5:21 UnknownMember", "6:2 Syntax", "7:28 UnknownMember");
  }

  @Test
  void aLineHasOneSyntaxProblemAndABlockThatIsNotSupportedOne() {
    assertThat(
            told(
                """
                use expirations
                partial viewers {
                  relation viewer: user
                }
                definition user {}
                @ # $ rubbish
                definition doc {
                  ? ! 17
                  relation viewer: user with expiration
                  relation other: user; permission = viewer; permission p = +; relation z: none
                }
                """))
        .containsExactly(
            "1:5 Syntax", "2:1 Syntax", "6:1 Syntax", "8:3 Syntax", "10:36 Syntax", "10:61 Syntax");
  }

  @Test
  void aWordOfTheLanguageOnTheNextLineIsNoName() {
    assertThat(
            told(
                """
                definition user {}
                definition doc {
                  relation viewer: user |
                  relation editor: user
                  permission view = viewer +
                  permission edit = editor + relation
                }
                """))
        .containsExactly("4:3 Syntax", "6:3 Syntax", "6:30 ReservedName");
  }

  @Test
  void moreThanAreShownAreCounted() {
    String text = "definition user {}\ndefinition d {\n" + "  relation\n".repeat(101) + "}\n";
    Invalid e =
        catchThrowableOfType(
            Invalid.class, () -> reader.read(text, false, n -> names.merge(n, 1, Integer::sum)));
    assertThat((List<?>) e.fields().get("problems")).hasSize(100);
    assertThat(e.fields().get("count")).isEqualTo(101);
  }
}
