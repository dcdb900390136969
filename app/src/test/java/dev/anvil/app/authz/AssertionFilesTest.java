package dev.anvil.app.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.app.authz.AssertionRun.Outcome;
import dev.anvil.client.Answer;
import dev.anvil.client.Question;
import dev.anvil.client.Trace;
import dev.anvil.client.http.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class AssertionFilesTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final String SCHEMA =
      """
      schema: |-
        use expiration
        definition user {}
        definition group { relation member: user | group#member }
        caveat office(hour int) { hour >= 9 && hour < 17 }
        definition document {
          relation viewer: user | user with office | user with expiration | group#member | user:*
          relation banned: user
          permission view = viewer - banned
        }
      """;

  @TempDir Path folder;

  private ValidationFile file(String text) throws IOException {
    return ValidationFile.read(Files.writeString(folder.resolve("t.yaml"), text));
  }

  private AssertionRun.Report run(String text) throws IOException {
    return AssertionRun.local(file(text), NOW);
  }

  @Test
  void aFileOfTheFormThatSpicedbReads() throws Exception {
    AssertionRun.Report report =
        run(
            SCHEMA
                + """
                # people
                relationships: |
                  group:eng#member@user:anna

                  // what they see
                  document:1#viewer@group:eng#member
                  document:1#viewer@user:carl[office]
                  document:1#viewer@user:bob
                  document:1#banned@user:bob
                  document:1#viewer@user:late[expiration:2026-05-31T23:59:59Z]
                  document:2#viewer@user:*
                  document:3#viewer@user:*
                  document:3#banned@user:bob
                  document:3#banned@user:eve
                validation:
                  document:1#view:
                    - "[user:anna] is <group:eng#member>"
                    - "[user:carl[...]] is <document:1#viewer>"
                  document:3#view:
                    - "[user:* - {user:bob, user:eve}] is <document:3#viewer>"
                assertions:
                  assertTrue:
                  - "document:2#view@user:bob[expiration:2027-01-01T00:00:00Z]"
                  - "document:1#view@user:anna"   # through the group
                  - 'document:1#view@user:carl with {"hour": 10}'
                  - document:2#view@user:whoever
                  assertFalse:
                    - document:1#view@user:bob
                    - document:1#view@user:late
                    - 'document:1#view@user:carl with {"hour": 20}'
                  assertCaveated:
                    - document:1#view@user:carl
                """);
    assertThat(report.notes()).isEmpty();
    assertThat(report.outcomes()).hasSize(13).allMatch(Outcome::holds);
    assertThat(report.passed()).isTrue();
  }

  @Test
  void whatDoesNotHoldIsToldByLine() throws Exception {
    AssertionRun.Report report =
        run(
            SCHEMA
                + """
                relationships: |
                  document:1#viewer@user:anna
                assertions:
                  assertFalse:
                    - document:1#view@user:anna
                  assertTrue:
                    - document:1#view@user:bob
                    - document:1#edit@user:anna
                    - nonsense
                """);
    assertThat(report.passed()).isFalse();
    assertThat(report.outcomes().stream().map(Outcome::got))
        .containsExactly("allowed", "denied", "error", "error");
    assertThat(report.outcomes().get(0).assertion().line()).isEqualTo(15);
    assertThat(report.outcomes().get(2).detail()).contains("QuestionInvalid").contains("edit");
  }

  @Test
  void noLineIsDroppedInSilence() throws Exception {
    AssertionRun.Report report =
        run(
            SCHEMA
                + """
                relationships: |
                  document:1#owner@user:anna
                  document:1#viewer
                other:
                  - thing
                - stray
                assertions:
                  assertSometimes:
                    - document:1#view@user:anna
                  assertTrue: document:1#view@user:anna
                  stray
                validation:
                  document:1#view:
                    - "[user:*, user:bob] is <document:1#viewer>"
                """);
    assertThat(report.passed()).isFalse();
    assertThat(report.notes().stream().map(n -> n.line() + " " + n.text()))
        .contains(
            "12 document:1#owner@user:anna",
            "13 document:1#viewer",
            "15 - thing",
            "16 - stray",
            "19 - document:1#view@user:anna",
            "20 document:1#view@user:anna",
            "21 stray",
            "24 [user:*, user:bob] is <document:1#viewer>");
  }

  @Test
  void badSchemasAndQuotesAreToldWithTheLinesOfTheFile() throws Exception {
    assertThatThrownBy(() ->
            run("# first\nschema: |\n  definition user {}\n  definition d { relation r: x }\n"))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("4:")
        .hasMessageContaining("UnknownType");
    assertThatThrownBy(() -> run("assertions:\n  assertTrue:\n    - \"open\n"))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("line 3");
    assertThatThrownBy(() -> run("relationships: |\n  a:1#b@c:1\n"))
        .hasMessageContaining("no 'schema'");
  }

  @Test
  void aSchemaMayLieBesideTheFile() throws Exception {
    Files.writeString(folder.resolve("s.zed"), "definition user {}\n");
    assertThat(file("schemaFile: s.zed\n").schema()).contains("definition user");
  }

  @Test
  void theExampleOfTheDocumentationHolds() {
    Path example = Path.of("..", "docs", "examples", "authz", "app_test.yaml");
    AssertionRun.Report report = AssertionRun.local(ValidationFile.read(example), NOW);
    assertThat(report.passed()).isTrue();
    assertThat(report.outcomes()).hasSize(5);
  }

  @Test
  void anImportAccountsForEveryLine() throws Exception {
    ValidationFile file =
        file(
            SCHEMA
                + """
                relationships: |
                  document:1#viewer@user:anna
                  document:1#viewer@user:carl[office:{"hour":10}]
                  document:1#nothing@user:anna
                  document:1#viewer@user:late[expiration:2020-01-01T00:00:00Z]
                  document:1#viewer@user:anna
                  broken
                """);
    SpiceImport.Plan plan = SpiceImport.of(file, NOW);
    assertThat(plan.tuples().keySet()).containsExactly(13, 15, 16);
    assertThat(plan.unmapped()).hasSize(2);
    assertThat(plan.doubtful()).hasSize(2);
    int superseded = 1;
    assertThat(plan.tuples().size() + plan.unmapped().size() + superseded)
        .isEqualTo(file.relationships().size());
  }

  @Test
  void aServerIsAskedInBatches() throws Exception {
    StringBuilder text = new StringBuilder("assertions:\n  assertTrue:\n    - broken\n");
    for (int i = 0; i < 450; i++) {
      text.append("    - 'document:").append(i).append("#view@user:anna with {\"hour\":1.50}'\n");
    }
    List<List<Question>> asked = new ArrayList<>();
    Answer allowed = new Answer(Answer.Outcome.ALLOWED, List.of(), "", null);
    AssertionRun.Report report =
        LiveRun.of(
            file(text.toString()),
            false,
            questions -> {
              asked.add(questions);
              return Collections.nCopies(questions.size(), allowed);
            });
    assertThat(asked).hasSize(3);
    assertThat(asked.getFirst().getFirst().context()).isEqualTo("{\"hour\":1.50}");
    assertThat(report.outcomes()).hasSize(451);
    assertThat(report.outcomes().getFirst().got()).isEqualTo("error");
    assertThat(report.outcomes().stream().skip(1)).allMatch(Outcome::holds);
  }

  @Test
  void treesAreDrawnAndHarmless() {
    Trace trace =
        trace(
            "member",
            "d:1#view",
            "denied",
            new Trace.Rest("d", "1", "v"),
            trace(
                "exclusion",
                "",
                "denied",
                null,
                trace("tuple", "d:1#v@u:\u001b[31m", "allowed", null),
                trace("hidden", "", "not_evaluated", null)));
    List<String> lines = TraceTree.lines(trace, false);
    assertThat(lines)
        .containsExactly(
            "no  d:1#view  excluded",
            "├── no  the first, but not the second",
            "│   ├── yes d:1#v@u:\\u001b[31m",
            "│   └── -   (hidden)",
            "└── ... more: anvil authz tuple read d --id 1 --relation v");
    assertThat(Stream.of(TraceTree.lines(trace, true).getFirst()))
        .allMatch(l -> l.contains("\u001b["));
  }

  private static Trace trace(
      String kind, String text, String outcome, Trace.Rest rest, Trace... children) {
    String reason = kind.equals("member") ? "excluded" : "";
    return new Trace(
        kind, text, outcome, reason, null, List.of(), false, rest != null, rest, List.of(children));
  }
}
