package dev.anvil.authz.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.graph.Trace;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.limits.AuthzLimits.QuestionLimits;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Invalid;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Explanations of answers and expansions of members. */
@Tag("fast")
class TraceTest {
  private AuthzWorld world = new AuthzWorld();

  @AfterEach
  void close() {
    world.close();
  }

  /** A tree in one line, short enough to read. */
  private static String line(Trace t) {
    String parts = t.children().stream().map(TraceTest::line).collect(Collectors.joining(" "));
    return (t.text().isEmpty() ? t.kind().wire() : t.text())
        + (t.outcome() == null ? "" : "=" + t.outcome().wire())
        + (t.why() == null ? "" : "!" + t.why().wire())
        + (t.missing().isEmpty() ? "" : t.missing())
        + (t.caveat() == null
            ? ""
            : "?" + t.caveat().name() + (t.caveat().outcome() == null ? "" : "=" + said(t)))
        + (t.repeated() ? "^" : "")
        + (t.truncated() ? "..." : "")
        + (t.rest() == null ? "" : "<" + t.rest().resource() + "#" + t.rest().relation() + ">")
        + (parts.isEmpty() ? "" : "(" + parts + ")");
  }

  private static String said(Trace t) {
    return t.caveat().outcome().wire();
  }

  private ExplainPermission.Result explain(Call call, String question, String json) {
    return new ExplainPermission(world.services)
        .execute(
            call,
            new ExplainPermission.Command(AuthzWorld.question(question, json), Consistency.FULL));
  }

  private String explained(String question, String json) {
    return line(explain(AuthzWorld.CALL, question, json).trace());
  }

  private ExpandPermission.Result expand(Call call, String on, String member, int depth) {
    return new ExpandPermission(world.services)
        .execute(
            call,
            new ExpandPermission.Command(TupleText.object(on), member, depth, Consistency.FULL));
  }

  private String expanded(String on, String member, int depth) {
    return line(expand(AuthzWorld.CALL, on, member, depth).tree());
  }

  @Test
  void showsTheWayToAYes() {
    world.doc(
        "relation viewer: user | group#member\nrelation held: user\n"
            + "permission view = viewer - held");
    world.touch("doc:1#viewer@group:g#member", "group:g#member@user:u");
    assertThat(explained("doc:1#view@user:u", null))
        .isEqualTo(
            "doc:1#view=allowed(exclusion=allowed(doc:1#viewer=allowed(doc:1#viewer@group:g#member="
                + "allowed(group:g#member=allowed(group:g#member@user:u=allowed)))"
                + " doc:1#held=denied!no_path))");
  }

  @Test
  void saysWhyNot() {
    world.doc(
        "relation viewer: user | user with on42\nrelation held: user | doc#view\n"
            + "permission view = viewer - held");
    world.touch("doc:1#viewer@user:u", "doc:1#held@user:u", "doc:1#viewer@user:c[on42]");
    world.touch("doc:2#viewer@user:u", "doc:2#held@doc:2#view");
    assertThat(explained("doc:1#view@user:u", null)).startsWith("doc:1#view=denied!excluded(");
    assertThat(explained("doc:1#view@user:x", null)).startsWith("doc:1#view=denied!no_path(");
    assertThat(explained("doc:1#view@user:c", "{\"n\":41}"))
        .startsWith("doc:1#view=denied!caveat_false(")
        .contains("doc:1#viewer@user:c[on42]=denied!caveat_false?on42=denied");
    assertThat(explained("doc:1#view@user:c", null))
        .startsWith("doc:1#view=conditional[n](")
        .contains("?on42=conditional");
    assertThat(explained("doc:2#view@user:u", null))
        .startsWith("doc:2#view=undefined!unstable_cycle(");
  }

  @Test
  void tellsCirclesOnceAndTheBoundOfDepthInItsPlace() {
    world.close();
    world = new AuthzWorld(AuthzLimits.DEFAULT.with(QuestionLimits.DEFAULT.walk(3, 100, 1_000)));
    world.doc("relation viewer: group#member");
    world.touch("group:a#member@group:b#member", "group:b#member@group:a#member");
    assertThat(explained("group:a#member@user:u", null)).contains("group:a#member=denied!no_path^");
    world.touch(
        "group:1#member@group:2#member",
        "group:2#member@group:3#member",
        "group:3#member@group:4#member",
        "group:4#member@group:5#member");
    var deep = explain(AuthzWorld.CALL, "group:1#member@user:u", null);
    assertThat(deep.verdict()).isNull();
    assertThat(deep.failure().code().wire()).isEqualTo("CheckLimitExceeded");
    assertThat(line(deep.trace())).contains("group:4#member@group:5#member=failed");
  }

  @Test
  void aTraceIsBoundedAndShowsWhatDecidesFirst() {
    world.doc("relation viewer: group#member\npermission view = viewer");
    for (int from = 0; from < 1_200; from += 600) {
      int first = from;
      world.touch(
          java.util.stream.IntStream.range(first, first + 600)
              .mapToObj(i -> "doc:1#viewer@group:g" + i + "#member")
              .toArray(String[]::new));
    }
    world.touch("group:g999#member@user:u");
    Trace denied = explain(AuthzWorld.CALL, "doc:1#view@user:x", null).trace();
    assertThat(size(denied)).isBetween(490, 510);
    assertThat(line(denied)).contains("...<doc:1#viewer>");
    assertThat(explained("doc:1#view@user:u", null))
        .startsWith(
            "doc:1#view=allowed(doc:1#viewer=allowed...<doc:1#viewer>"
                + "(doc:1#viewer@group:g999#member=allowed(");
  }

  private static int size(Trace t) {
    return 1 + t.children().stream().mapToInt(TraceTest::size).sum();
  }

  @Test
  void whatMayNotBeReadIsHidden() {
    world.doc("relation viewer: user | group#member\npermission view = viewer");
    world.touch("doc:1#viewer@group:g#member", "group:g#member@user:u");
    String scopes = "authz:check|authz:* authz:tuple_read|authz:doc/*";
    Call some = new Call(Caller.application(7, "acme", "anvx", Scopes.parse(scopes)), "r");
    assertThat(line(explain(some, "doc:1#view@user:u", null).trace()))
        .isEqualTo(
            "doc:1#view=allowed(doc:1#viewer=allowed("
                + "doc:1#viewer@group:g#member=allowed(hidden)))");
    assertThat(line(expand(some, "doc:1", "view", 0).tree()))
        .isEqualTo("doc:1#view(doc:1#viewer(doc:1#viewer@group:g#member(hidden)))");
    assertThatThrownBy(() -> expand(some, "group:g", "member", 0)).isInstanceOf(Denied.class);
  }

  @Test
  void expandsOperatorsArrowsAndTuples() {
    world.schema(
        AuthzWorld.COMMON
            + "definition folder { relation viewer: user }\n"
            + "definition doc { relation parent: folder\nrelation viewer: user:* | user with on42\n"
            + "relation held: user\npermission view = (viewer & parent->viewer) - held }");
    world.touch(
        "doc:1#parent@folder:f",
        "folder:f#viewer@user:u",
        "doc:1#viewer@user:*",
        "doc:1#viewer@user:c[on42:{\"n\":1}]");
    assertThat(expanded("doc:1", "view", 0))
        .isEqualTo(
            "doc:1#view(exclusion(intersection(doc:1#viewer(doc:1#viewer@user:*"
                + " doc:1#viewer@user:c[on42:{\"n\":1}]?on42) parent->viewer("
                + "doc:1#parent@folder:f(folder:f#viewer(folder:f#viewer@user:u)))) doc:1#held))");
  }

  @Test
  void anExpansionIsCutAtItsDepthAndSaysWhereToReadOn() {
    world.doc("relation viewer: group#member");
    world.touch(
        "doc:1#viewer@group:1#member",
        "group:1#member@group:2#member",
        "group:2#member@group:1#member");
    assertThat(expanded("doc:1", "viewer", 1))
        .isEqualTo(
            "doc:1#viewer(doc:1#viewer@group:1#member(group:1#member("
                + "group:1#member@group:2#member(group:2#member...<group:2#member>))))");
    assertThat(expanded("doc:1", "viewer", 3)).contains("group:1#member^");
    assertThatThrownBy(() -> expanded("doc:1", "viewer", 6))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("5 hops");
    assertThatThrownBy(() -> expanded("doc:1", "nothing", 1)).isInstanceOf(Invalid.class);
  }

  @Test
  void statusTellsWhereTheTenantStands() {
    ReadAuthzStatus status = new ReadAuthzStatus(world.services);
    var before = status.execute(AuthzWorld.CALL, new ReadAuthzStatus.Command());
    assertThat(before.schemaVersion()).isZero();
    assertThat(before.tuples()).isZero();
    world.doc("relation viewer: user");
    world.touch("doc:1#viewer@user:a", "doc:1#viewer@user:b");
    var after = status.execute(AuthzWorld.CALL, new ReadAuthzStatus.Command());
    assertThat(after.schemaVersion()).isEqualTo(1);
    assertThat(after.tuples()).isEqualTo(2);
    assertThat(after.revision()).isGreaterThan(before.revision());
    assertThat(
            world.check(
                AuthzWorld.question("doc:1#viewer@user:a", null),
                new Consistency.Exact(after.token())))
        .isEqualTo("T");
    assertThat(List.of(after.schemaDigest().length())).containsExactly(64);
  }
}
