package dev.anvil.authz.relations;

import static dev.anvil.authz.relations.AuthzWorld.COMMON;
import static dev.anvil.authz.relations.AuthzWorld.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Defects that other engines published, each asked alone, batched, reordered and by lists. */
class PublishedDefectsTest extends AskedAgain {
  @Test
  void case01ABatchWithDifferentContexts() {
    world.doc(
        """
        relation reader: user | user with on42
        relation writer: user
        relation banned: user
        permission use = (reader & writer) - banned
        """);
    world.touch("doc:1#reader@user:u[on42]", "doc:1#writer@user:u");
    answers("C[n]", "doc:1#use@user:u");
    answers("T", "doc:1#use@user:u", "{\"n\":42}");
    answers("F", "doc:1#use@user:u", "{\"n\":41}");
    answers("T", "doc:1#use@user:u", "{\"n\":42}");
    again();
    assertThat(world.objects("use", "user:u", null)).containsExactly("1?");
    assertThat(world.objects("use", "user:u", "{\"n\":42}")).containsExactly("1");
    assertThat(world.objects("use", "user:u", "{\"n\":41}")).isEmpty();
    assertThat(world.subjectIds("doc:1", "use")).containsExactly("u?");
  }

  @Test
  void case02ContextualTuplesCountForOneRequestAndAreTypeChecked() {
    world.doc("relation viewer: user");
    answers("T", "doc:1#viewer@user:u", null, "doc:1#viewer@user:u");
    answers("F", "doc:1#viewer@user:u");
    answers("TupleInvalid", "doc:1#viewer@user:u", null, "doc:1#viewer@group:g#member");
    again();
    world.doc("relation viewer: user | user:*");
    answers("TupleInvalid", "doc:1#viewer@user:u", null, "doc:1#viewer@group:g#member");
    again();
    assertThat(world.objects("viewer", "user:u", null)).isEmpty();
  }

  @Test
  void case03NoProvisionalNoIsKept() {
    world.doc("relation viewer: group#member");
    world.touch(
        "group:a#member@group:b#member", "group:b#member@group:a#member", "group:a#member@user:u");
    answers("T", "group:a#member@user:u");
    answers("T", "group:b#member@user:u");
    answers("F", "group:a#member@user:v");
    answers("F", "group:b#member@user:v");
    again();
    assertThat(world.subjectIds("group:b", "member")).containsExactly("u");
  }

  @Test
  void case04ExclusionBehindAnArrowIsPerObject() {
    world.schema(
        COMMON
            + """
            definition folder { relation member: user
              relation banned: user
              permission view = member - banned }
            definition doc { relation parent: folder
              permission view = parent->view }
            """);
    world.touch(
        "doc:1#parent@folder:x",
        "doc:1#parent@folder:y",
        "folder:x#member@user:u",
        "folder:y#member@user:u",
        "folder:x#banned@user:u");
    answers("T", "doc:1#view@user:u");
    again();
    assertThat(world.objects("view", "user:u", null)).containsExactly("1");
    assertThat(world.subjectIds("doc:1", "view")).containsExactly("u");
  }

  @Test
  void case05AGroupOnBothSidesOfAnExclusion() {
    world.schema(
        COMMON
            + """
            definition folder { relation viewer: user | group#member }
            definition doc { relation parent: folder
              relation held: group#member
              permission view = parent->viewer - held }
            """);
    world.touch(
        "doc:1#parent@folder:f",
        "folder:f#viewer@group:g#member",
        "doc:1#held@group:h#member",
        "group:g#member@user:u",
        "group:h#member@user:u",
        "group:g#member@user:w");
    answers("F", "doc:1#view@user:u");
    answers("T", "doc:1#view@user:w");
    again();
    assertThat(world.objects("view", "user:u", null)).isEmpty();
    assertThat(world.objects("view", "user:w", null)).containsExactly("1");
    assertThat(world.subjectIds("doc:1", "view")).containsExactly("w");
  }

  @Test
  void case06AWildcardThatTakesAway() {
    world.doc(
        """
        relation viewer: user
        relation banned: user | user:*
        permission view = viewer - banned
        """);
    world.touch("doc:1#viewer@user:u", "doc:2#viewer@user:u", "doc:1#banned@user:*");
    answers("F", "doc:1#view@user:u");
    answers("T", "doc:2#view@user:u");
    again();
    assertThat(world.objects("view", "user:u", null)).containsExactly("2");
    assertThat(world.subjectIds("doc:1", "view")).isEmpty();
  }

  @Test
  void case07ARelationAndAnArrowOverIt() {
    world.doc(
        """
        relation doer: user | group#member
        permission act = doer + doer->admin
        """);
    world.touch(
        "doc:1#doer@group:g#member",
        "doc:2#doer@user:u",
        "group:g#member@user:u",
        "group:g#admin@user:v");
    answers("T", "doc:1#act@user:u");
    answers("T", "doc:2#act@user:u");
    answers("T", "doc:1#act@user:v");
    answers("F", "doc:2#act@user:v");
    again();
    assertThat(world.objects("act", "user:u", null)).containsExactly("1", "2");
    assertThat(world.objects("act", "user:v", null)).containsExactly("1");
    assertThat(world.subjectIds("doc:1", "act")).containsExactly("u", "v");
  }

  @Test
  void case08ConditionsOnTheWayOfAnArrow() {
    String types =
        COMMON
            + """
            caveat eq(got string, want string) { got == want }
            definition team { relation parent: team
              relation lead: user
              permission read = lead + parent->read }
            """;
    world.schema(
        types
            + "definition doc { relation owner: team with eq\n permission read = owner->read }\n");
    world.touch(
        "doc:1#owner@team:a[eq:{\"want\":\"x\"}]",
        "doc:1#owner@team:b[eq:{\"want\":\"y\"}]",
        "team:a#parent@team:c",
        "team:b#parent@team:c",
        "team:c#lead@user:u");
    answers("T", "doc:1#read@user:u", "{\"got\":\"x\"}");
    answers("T", "doc:1#read@user:u", "{\"got\":\"y\"}");
    answers("F", "doc:1#read@user:u", "{\"got\":\"z\"}");
    answers("C[got]", "doc:1#read@user:u");
    again();
    assertThat(world.objects("read", "user:u", "{\"got\":\"x\"}")).containsExactly("1");
    world.schema(
        types
            + "definition doc { relation owner: team with eq\n"
            + " permission read = owner.all(read) }");
    answers("F", "doc:1#read@user:u", "{\"got\":\"x\"}");
    again();
    assertThat(world.objects("read", "user:u", "{\"got\":\"x\"}")).isEmpty();
  }

  @Test
  void case09StoredContextWins() {
    world.doc("relation viewer: group#member with on42");
    world.touch(
        "doc:1#viewer@group:a#member[on42:{\"n\":1}]",
        "doc:1#viewer@group:b#member[on42:{\"n\":42}]",
        "group:a#member@user:u",
        "group:b#member@user:u");
    answers("T", "doc:1#viewer@user:u");
    answers("T", "doc:1#viewer@user:u", "{\"n\":41}");
    again();
    assertThat(world.objects("viewer", "user:u", null)).containsExactly("1");
  }

  @Test
  void case10WildcardsUnderArrowsAndWithoutTheirCondition() {
    assertThatThrownBy(() ->
            world.schema(
                COMMON
                    + """
                    definition folder { relation viewer: user }
                    definition doc { relation parent: folder | folder:*
                      permission view = parent->viewer }
                    """))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("ArrowOverWildcard");
    world.doc("relation viewer: user:*");
    world.touch("doc:2#viewer@user:*");
    world.schema(COMMON + "definition doc { relation viewer: user:* with on42 }", true);
    assertThatThrownBy(() -> world.touch("doc:1#viewer@user:*")).isInstanceOf(Invalid.class);
    answers("F", "doc:2#viewer@user:u", "{\"n\":42}");
    again();
    assertThat(world.objects("viewer", "user:u", "{\"n\":42}")).isEmpty();
  }

  @Test
  void case11ExceptionsFromAWildcard() {
    world.doc(
        """
        relation viewer: user | user:*
        relation held: user
        permission open = viewer - held
        """);
    world.touch(
        "doc:1#viewer@user:*", "doc:1#viewer@user:z", "doc:2#viewer@user:a", "doc:1#held@user:a");
    answers("T", "doc:1#viewer@user:a");
    answers("F", "doc:1#open@user:a");
    answers("T", "doc:1#open@user:b");
    answers("F", "doc:2#viewer@user:b");
    again();
    assertThat(world.objects("open", "user:a", null)).containsExactly("2");
    var listed = world.subjects("doc:1", "open", "user", null);
    assertThat(listed.wildcard().except()).containsExactly("a");
    assertThat(world.subjectIds("doc:1", "open")).containsExactly("z");
  }

  @Test
  void case12ASchemaThatStrandsTuples() {
    String wide = "relation viewer: user | group#member";
    world.doc(wide);
    world.touch("doc:1#viewer@group:g#member", "group:g#member@user:u");
    assertThatThrownBy(() -> world.doc("relation viewer: user"))
        .isInstanceOfSatisfying(
            Conflict.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Conflict.Reason.SCHEMA_IN_USE);
              assertThat(e.fields().get("count")).isEqualTo(1L);
              assertThat(e.fields().get("examples"))
                  .isEqualTo(List.of("doc:1#viewer@group:g#member"));
            });
    answers("T", "doc:1#viewer@user:u");
    again();
    world.schema(COMMON + "definition doc { relation viewer: user }", true);
    answers("F", "doc:1#viewer@user:u");
    again();
    assertThat(world.objects("viewer", "user:u", null)).isEmpty();
    assertThat(world.subjectIds("doc:1", "viewer")).isEmpty();
    world.doc(wide);
    answers("T", "doc:1#viewer@user:u");
    again();
  }

  @Test
  void case13TooManyUpdatesAndIdsAsBytes() {
    world.doc("relation viewer: user");
    long before = world.touch("doc:1#viewer@user:Anna").revision();
    String[] many =
        IntStream.range(0, 1_001).mapToObj(i -> "doc:m#viewer@user:" + i).toArray(String[]::new);
    assertThatThrownBy(() -> world.touch(many)).isInstanceOf(LimitExceeded.class);
    answers("F", "doc:m#viewer@user:0");
    assertThat(world.touch("doc:1#viewer@user:Anna").revision()).isEqualTo(before);
    answers("T", "doc:1#viewer@user:Anna");
    answers("F", "doc:1#viewer@user:anna");
    world.touch("doc:1#viewer@user:\u00e9");
    answers("T", "doc:1#viewer@user:\u00e9");
    answers("F", "doc:1#viewer@user:e\u0301");
    again();
  }

  @Test
  void case14ADeepChainIsAnErrorAndNeverAGrant() {
    world.doc(
        """
        relation viewer: group#member
        relation opened: user
        relation held: group#member
        permission view = opened - held
        """);
    List<String> chain = new ArrayList<>();
    for (int i = 0; i < 59; i++) {
      chain.add("group:" + i + "#member@group:" + (i + 1) + "#member");
    }
    chain.add("group:59#member@user:u");
    world.touch(chain.toArray(String[]::new));
    world.touch("doc:1#opened@user:u", "doc:1#held@group:0#member");
    answers("CheckLimitExceeded", "group:0#member@user:u");
    answers("CheckLimitExceeded", "doc:1#view@user:u");
    answers("T", "group:20#member@user:u");
    again();
    for (int i = 0; i < 200; i++) {
      assertThat(world.check("doc:1#view@user:u")).isEqualTo("CheckLimitExceeded");
    }
  }

  @Test
  @Tag("slow")
  void case14TenThousandTimesLeavesHeapAndThreadsFlat() {
    world.doc("relation viewer: group#member");
    List<String> chain = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      chain.add("group:" + i + "#member@group:" + (i + 1) + "#member");
    }
    world.touch(chain.toArray(String[]::new));
    long heap = 0;
    int threads = 0;
    for (int i = 0; i < 10_000; i++) {
      if (i == 1_000) {
        heap = used();
        threads = Thread.activeCount();
      }
      assertThat(world.check("group:0#member@user:u")).isEqualTo("CheckLimitExceeded");
    }
    assertThat(used() - heap).isLessThan(16L << 20);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
  }

  private static long used() {
    System.gc();
    Runtime r = Runtime.getRuntime();
    return r.totalMemory() - r.freeMemory();
  }

  @Test
  void case16AnArrowIgnoresTheRelationOfAUserset() {
    world.schema(
        COMMON
            + """
            definition folder { relation parent: folder
              relation viewer: user }
            definition doc { relation folder: folder | folder#parent
              permission view = folder->viewer }
            """);
    world.touch(
        "doc:1#folder@folder:a",
        "doc:1#folder@folder:b#parent",
        "folder:a#viewer@user:u",
        "folder:b#viewer@user:v");
    answers("T", "doc:1#view@user:u");
    answers("T", "doc:1#view@user:v");
    again();
    assertThat(world.subjectIds("doc:1", "view")).containsExactly("u", "v");
    assertThat(world.objects("view", "user:v", null)).containsExactly("1");
  }

  @Test
  void case17UsersetsOfOneNameInTwoTypes() {
    world.schema(
        COMMON
            + """
            definition team { relation lead: user }
            definition doc { relation viewer: team#lead | group#member }
            """);
    world.touch("doc:1#viewer@team:x#lead", "group:x#member@user:u", "team:x#lead@user:v");
    answers("F", "doc:1#viewer@user:u");
    answers("T", "doc:1#viewer@user:v");
    again();
    assertThat(world.subjectIds("doc:1", "viewer")).containsExactly("v");
  }

  @Test
  void case18ListsInListsAndMappedAddresses() {
    world.schema(
        COMMON
            + """
            caveat shape(x list<any>) { x == [["a"], "b"] }
            caveat near(ip ipaddress) { ip.in_cidr("10.0.0.0/8") }
            definition doc { relation viewer: user with shape | user with near }
            """);
    world.touch("doc:1#viewer@user:u[shape]", "doc:2#viewer@user:u[near]");
    String x = "{\"x\":[[\"a\"],\"b\"]}";
    String ip = "{\"ip\":\"::ffff:10.1.2.3\"}";
    answers("T", "doc:1#viewer@user:u", x);
    answers("T", "doc:2#viewer@user:u", ip);
    answers("CaveatContextInvalid", "doc:2#viewer@user:u", "{\"ip\":\"10.0.0\"}");
    again();
    assertThat(world.objects("viewer", "user:u", x)).containsExactly("1", "2?");
    assertThat(world.objects("viewer", "user:u", ip)).containsExactly("1?", "2");
  }

  @Test
  void case20AUsersetAsSubject() {
    world.doc("relation viewer: user | group#member");
    world.touch("doc:1#viewer@group:g#member", "group:g#member@group:h#member");
    answers("T", "doc:1#viewer@group:g#member");
    answers("T", "doc:1#viewer@group:h#member");
    answers("F", "doc:1#viewer@group:i#member");
    answers("F", "doc:1#viewer@group:g");
    answers("T", "group:g#member@group:g#member");
    again();
    assertThatThrownBy(() -> world.touch("doc:1#viewer@planet:x", "doc:2#viewer@user:u"))
        .isInstanceOf(Invalid.class);
    answers("F", "doc:2#viewer@user:u");
    assertThat(world.touch("doc:2#viewer@user:u").effects())
        .containsExactly(WriteRequest.Effect.CREATED);
    assertThat(world.subjects("doc:1", "viewer", "group", "member").found())
        .extracting(f -> f.id())
        .containsExactly("g", "h");
  }

  @Test
  void negativeCyclesAreDeniedAndStayDenied() {
    world.doc(
        """
        relation viewer: user
        relation held: doc#view
        permission view = viewer - held
        permission other = viewer - view
        """);
    world.touch("doc:1#viewer@user:u", "doc:1#held@doc:1#view");
    for (String p : List.of("view", "held", "other")) {
      answers("F", "doc:1#" + p + "@user:u");
      assertThat(world.ask(question("doc:1#" + p + "@user:u", null), Consistency.FULL).unstable())
          .isTrue();
    }
    again();
  }

  @Test
  void unknownTypesAndMembersAreRefusedAndUnknownIdsAreDenied() {
    world.doc("relation viewer: user");
    answers("QuestionInvalid", "planet:1#viewer@user:u");
    answers("QuestionInvalid", "doc:1#eater@user:u");
    answers("QuestionInvalid", "doc:1#viewer@planet:u");
    answers("F", "doc:none#viewer@user:none");
    again();
    assertThatThrownBy(() -> world.touch("doc:1#viewer@user:u", "doc:1#viewer@user:u"))
        .isInstanceOfSatisfying(
            AnvilException.class, e -> assertThat(e.code().wire()).isEqualTo("DuplicateUpdate"));
  }
}
