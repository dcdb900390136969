package dev.anvil.authz.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.graph.Work;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.store.ClosureCounts.Fallback;
import dev.anvil.authz.store.ClosureDriver;
import dev.anvil.authz.store.ClosureSwitches;
import dev.anvil.authz.store.ClosureSwitches.To;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Closures: what they save, when they do not serve, and how they are kept. */
@Tag("fast")
class ClosureTest {
  private static final Relationships.Owner OWNER = new Relationships.Owner(7, "acme");
  private final AuthzWorld world = new AuthzWorld();
  private final ClosureDriver driver = new ClosureDriver(world.relationships, OWNER);

  @BeforeEach
  void schema() {
    world.doc("relation viewer: user | group#member\npermission view = viewer");
    switchTo(To.ON);
    driver.settle();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void switchTo(To to) {
    new SwitchClosure(world.services)
        .execute(AuthzWorld.CALL, new SwitchClosure.Command("group", "member", to));
  }

  private void chain(String name, int length) {
    List<String> tuples = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      tuples.add("group:%s%d#member@group:%s%d#member".formatted(name, i, name, i + 1));
    }
    world.touch(tuples.toArray(String[]::new));
  }

  private long seeks(String question) {
    return world
        .relationships
        .read(
            OWNER,
            Consistency.FULL,
            view -> {
              new Questions(view, world.relationships.ids(), AuthzLimits.DEFAULT)
                  .check(
                      AuthzWorld.question(question, null),
                      new Work(AuthzLimits.QuestionLimits.DEFAULT, System::nanoTime));
              return view.seeks();
            })
        .value();
  }

  private ClosureSwitches.Standing standing() {
    return new ReadAuthzStatus(world.services)
        .execute(AuthzWorld.CALL, new ReadAuthzStatus.Command())
        .closures()
        .getFirst();
  }

  private long fallbacks(Fallback why) {
    return world.relationships.closures().fallbacks(why);
  }

  @Test
  void depthCostsNothingAndIsNoBound() {
    chain("s", 6);
    chain("t", 60);
    world.touch("group:s6#member@user:u", "group:t60#member@user:u");
    world.touch("doc:1#viewer@group:s0#member", "doc:2#viewer@group:t0#member");
    assertThat(world.check("doc:2#view@user:u")).isEqualTo("CheckLimitExceeded");
    driver.settle();
    assertThat(world.check("doc:2#view@user:u")).isEqualTo("T");
    assertThat(world.check("doc:2#view@user:x")).isEqualTo("F");
    assertThat(seeks("doc:2#view@user:u")).isEqualTo(seeks("doc:1#view@user:u"));
    assertThat(seeks("doc:2#view@user:x")).isEqualTo(seeks("doc:1#view@user:x")).isLessThan(12);
    switchTo(To.OFF);
    assertThat(seeks("doc:1#view@user:x")).isGreaterThan(12);
  }

  @Test
  void behindTheRevisionItIsWalkedAndCounted() {
    chain("g", 3);
    world.touch("group:g3#member@user:u");
    driver.settle();
    long served = world.relationships.closures().served();
    assertThat(world.check("group:g0#member@user:u")).isEqualTo("T");
    assertThat(world.relationships.closures().served()).isGreaterThan(served);
    assertThat(standing().lagEntries()).isZero();
    assertThat(standing().lag()).isZero();
    String before = world.touch("group:g3#member@user:v").token();
    assertThat(world.check("group:g0#member@user:v")).isEqualTo("T");
    assertThat(fallbacks(Fallback.BEHIND)).isZero();
    world.delete("group:g1#member@group:g2#member");
    assertThat(world.check("group:g0#member@user:u")).isEqualTo("F");
    assertThat(fallbacks(Fallback.BEHIND)).isEqualTo(1);
    assertThat(standing().lagEntries()).isPositive();
    world.clock.move(Duration.ofSeconds(7));
    assertThat(standing().lag()).isEqualTo(Duration.ofSeconds(7));
    assertThat(standing().behind()).isEqualTo(1);
    driver.settle();
    assertThat(world.check("group:g0#member@user:u")).isEqualTo("F");
    assertThat(world.check("group:g2#member@user:u")).isEqualTo("T");
    assertThat(fallbacks(Fallback.BEHIND)).isEqualTo(1);
    var question = AuthzWorld.question("group:g0#member@user:v", null);
    assertThat(world.check(question, new Consistency.Exact(before))).isEqualTo("T");
    assertThat(fallbacks(Fallback.BEHIND)).isEqualTo(2);
  }

  @Test
  void directMembersAreOfTheMomentAndNeedNoUpkeep() {
    chain("g", 3);
    driver.settle();
    world.touch("group:g3#member@user:u");
    assertThat(world.check("group:g0#member@user:u")).isEqualTo("T");
    world.delete("group:g3#member@user:u");
    assertThat(world.check("group:g0#member@user:u")).isEqualTo("F");
    assertThat(fallbacks(Fallback.BEHIND)).isZero();
    assertThat(world.check("group:g0#member@user:u", null, "group:g3#member@user:u"))
        .isEqualTo("T");
  }

  @Test
  void conditionsInTheNestAreWalked() {
    world.schema(
        """
        definition user {}
        caveat on42(n int) { n == 42 }
        definition group {
          relation member: user | user with on42 | group#member | group#member with on42 | team#lead
        }
        definition team { relation lead: user }
        """);
    driver.settle();
    world.touch(
        "group:a#member@group:b#member[on42]",
        "group:b#member@user:u",
        "group:b#member@user:c[on42]",
        "group:d#member@group:e#member",
        "group:e#member@team:t#lead",
        "team:t#lead@user:l",
        "group:x#member@group:y#member",
        "group:y#member@user:m[on42]");
    driver.settle();
    assertThat(world.check("group:a#member@user:u")).isEqualTo("C[n]");
    assertThat(world.check("group:a#member@user:u", "{\"n\":42}")).isEqualTo("T");
    assertThat(world.check("group:d#member@user:l")).isEqualTo("T");
    assertThat(fallbacks(Fallback.MIXED)).isPositive();
    assertThat(world.check("group:x#member@user:m")).isEqualTo("C[n]");
    assertThat(world.check("group:x#member@user:m", "{\"n\":41}")).isEqualTo("F");
    assertThat(world.check("group:d#member@group:e#member")).isEqualTo("T");
    world.touch("group:a#member@group:b#member");
    world.delete("group:e#member@team:t#lead");
    driver.settle();
    long mixed = fallbacks(Fallback.MIXED);
    assertThat(world.check("group:a#member@user:u")).isEqualTo("T");
    assertThat(world.check("group:d#member@user:l")).isEqualTo("F");
    assertThat(fallbacks(Fallback.MIXED)).isEqualTo(mixed);
  }

  @Test
  void circlesAndWildcardsAreRight() {
    world.schema(
        "definition user {}\n"
            + "definition group { relation member: user | user:* | group#member }\n");
    world.touch(
        "group:a#member@group:b#member",
        "group:b#member@group:a#member",
        "group:b#member@user:u",
        "group:w#member@group:v#member",
        "group:v#member@user:*");
    driver.settle();
    for (String g : List.of("a", "b")) {
      assertThat(world.check("group:" + g + "#member@user:u")).isEqualTo("T");
      assertThat(world.check("group:" + g + "#member@user:x")).isEqualTo("F");
    }
    assertThat(world.check("group:w#member@user:x")).isEqualTo("T");
    assertThat(world.check("group:w#member@user:*")).isEqualTo("T");
    assertThat(world.check("group:a#member@user:*")).isEqualTo("F");
    assertThat(world.relationships.closures().served()).isPositive();
  }

  /** What follows a nested tuple in its commit must not hold the closure back. */
  @Test
  void aCommitThatEndsWithDirectTuplesIsCovered() {
    world.touch(
        "group:a#member@group:b#member",
        "group:b#member@user:1",
        "group:b#member@user:2",
        "group:b#member@user:3",
        "group:b#member@user:4",
        "group:b#member@user:5",
        "group:b#member@user:6");
    driver.settle();
    assertThat(world.check("group:a#member@user:6")).isEqualTo("T");
    assertThat(fallbacks(Fallback.BEHIND)).isZero();
  }

  @Test
  void aChangedShapeMakesItAnewAndOtherChangesDoNot() {
    chain("g", 4);
    driver.settle();
    String more = "relation viewer: user | group#member\npermission view = viewer";
    world.doc(more + "\npermission read = view");
    assertThat(world.check("group:g0#member@group:g4#member")).isEqualTo("T");
    assertThat(fallbacks(Fallback.BEHIND)).isEqualTo(1);
    driver.step();
    assertThat(standing().building()).isFalse();
    world.schema(
        "definition user {}\n"
            + "definition group { relation member: user | group#member | group#admin\n"
            + "relation admin: user }\n"
            + "definition doc { relation viewer: user | group#member }",
        true);
    world.touch("group:g4#member@group:z#admin", "group:z#admin@user:u");
    driver.settle();
    assertThat(standing().building()).isFalse();
    assertThat(world.check("group:g0#member@user:u")).isEqualTo("T");
    assertThat(fallbacks(Fallback.MIXED)).isPositive();
  }

  @Tag("verify")
  @Test
  void switchedOffItLeavesNothing() {
    chain("g", 200);
    driver.settle();
    assertThat(standing().sets()).isEqualTo(201);
    assertThat(standing().pairs()).isEqualTo(200 * 201 / 2);
    assertThat(driver.rows()).hasSize(201);
    switchTo(To.OFF);
    driver.settle();
    assertThat(driver.rows()).isEmpty();
    assertThat(standing().on()).isFalse();
    assertThat(standing().sets()).isZero();
    assertThat(standing().pairs()).isZero();
    switchTo(To.ON);
    driver.restart();
    driver.settle();
    assertThat(driver.rows()).hasSize(201);
  }

  @Test
  void aJournalThatIsGoneMakesItAnew() {
    chain("g", 5);
    driver.settle();
    var rows = driver.rows();
    driver.rebuildAll();
    assertThat(standing().building()).isTrue();
    driver.settle();
    assertThat(driver.rows()).isEqualTo(rows);
    assertThat(standing().building()).isFalse();
  }

  @Test
  void groupsOfTheServerNeedNoSwitch() {
    List<WriteRequest.Change> changes =
        Stream.of("anvil/group:a#member@anvil/group:b#member", "anvil/group:b#member@anvil/app:x")
            .map(t -> new WriteRequest.Change(WriteRequest.Op.TOUCH, TupleText.parse(t)))
            .toList();
    new TupleWrites(world.relationships)
        .write(
            OWNER,
            new WriteRequest(changes, List.of(), null, null),
            new WriteRequest.By("test", "r", 0, null, null));
    driver.settle();
    long served = world.relationships.closures().served();
    assertThat(world.check("anvil/group:a#member@anvil/app:x")).isEqualTo("T");
    assertThat(world.relationships.closures().served()).isGreaterThan(served);
  }

  @Test
  void onlyWhatNestsHasOneAndTheyAreBounded() {
    assertThatThrownBy(() ->
            new SwitchClosure(world.services)
                .execute(AuthzWorld.CALL, new SwitchClosure.Command("doc", "viewer", To.ON)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("nothing is nested");
    int most = AuthzLimits.StateLimits.DEFAULT.closures();
    StringBuilder text = new StringBuilder("definition user {}\n");
    IntStream.rangeClosed(0, most)
        .forEach(i -> text.append("definition g%d { relation m: user | g%d#m }\n".formatted(i, i)));
    world.schema(text.toString(), true);
    for (int i = 1; i < most; i++) {
      driver.set("g" + i, "m", To.ON);
    }
    assertThatThrownBy(() -> driver.set("g" + most, "m", To.ON))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("at most " + most + " closures");
  }

  @Test
  void anExplanationShowsTheWayThatTheClosureSkipped() {
    chain("g", 2);
    world.touch("group:g2#member@user:u");
    driver.settle();
    var told =
        new ExplainPermission(world.services)
            .execute(
                AuthzWorld.CALL,
                new ExplainPermission.Command(
                    AuthzWorld.question("group:g0#member@user:u", null), Consistency.FULL));
    assertThat(told.verdict().allowed()).isTrue();
    assertThat(told.trace().toString()).contains("group:g2#member@user:u");
  }
}
