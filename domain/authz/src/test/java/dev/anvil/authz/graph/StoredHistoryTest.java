package dev.anvil.authz.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.graph.Oracle.Answer;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.ClosureDriver;
import dev.anvil.authz.store.ClosureSwitches;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Lists;
import dev.anvil.authz.store.ObjectIds;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.RevisionTokens;
import dev.anvil.authz.store.SchemaWrites;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.Seeds;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.waist.LocalPartitions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is stored answers like brute force, at the head and at every revision before, and lists. */
@Execution(ExecutionMode.CONCURRENT)
class StoredHistoryTest {
  private static final Relationships.Owner OWNER = new Relationships.Owner(7, "acme");
  private static final WriteRequest.By BY = new WriteRequest.By("test", "r", 0, null, null);

  private record Past(
      String token, Question question, Answer expected, String shown, List<String> objects) {}

  private Relationships relationships;
  private ClosureDriver closures;

  @Test
  void answersAndListsAtEveryRevision() {
    Seeds.fixed(random -> histories(random, 25, false));
  }

  /** Closures that lag, are built, switched and made anew change no answer. */
  @Test
  void answersAreTheSameWithClosures() {
    Seeds.fixed(random -> histories(random, 25, true));
  }

  @Test
  @Tag("slow")
  void manyHistoriesWithClosures() {
    Seeds.run(random -> histories(random, 2_000, true));
  }

  private void histories(SplittableRandom random, int count, boolean closed) {
    long served = 0;
    for (int i = 0; i < count; i++) {
      ManualClock clock = new ManualClock(World.NOW);
      try (LocalPartitions partitions = TestPartitions.inMemory(2, clock)) {
        relationships =
            new Relationships(
                partitions,
                new SchemaReader(AuthzLimits.SchemaLimits.DEFAULT, new TestCaveats()),
                new RevisionTokens(new Incarnation(1), new byte[16], AuthzLimits.DEFAULT),
                AuthzLimits.DEFAULT,
                clock,
                System::nanoTime,
                ObjectIds.PLAIN);
        closures = closed ? new ClosureDriver(relationships, OWNER) : null;
        history(random.split());
        served += relationships.closures().served();
      }
    }
    assertThat(served > 0).isEqualTo(closed);
  }

  private RandomWorlds drawn(SplittableRandom random) {
    while (true) {
      RandomWorlds worlds = new RandomWorlds(random.split());
      if (closures != null) {
        worlds.nest();
      }
      try {
        new SchemaWrites(relationships)
            .put(OWNER, new SchemaWrites.Put(worlds.schema(), false, null, false, List.of()), BY);
        return worlds;
      } catch (Invalid refused) {
        // arrows without a target are refused by rule: draw again
        assertThat(refused.getMessage()).contains("problems");
      }
    }
  }

  private void history(SplittableRandom random) {
    RandomWorlds worlds = drawn(random);
    if (closures != null) {
      closures.switchAll(ClosureSwitches.To.ON);
    }
    World world = new World(worlds.schema());
    Map<String, Tuple> stand = new LinkedHashMap<>();
    List<Past> past = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String token = step(worlds, world, stand, random);
      if (closures != null) {
        closures.go(random);
      }
      for (int q = 0; q < 4; q++) {
        past.add(ask(worlds, world, token));
      }
    }
    if (closures != null) {
      closures.settle();
      closures.assertRebuildIsTheSame();
    }
    for (Past p : past) {
      Consistency then = new Consistency.Exact(p.token());
      assertThat(engine(p.question(), then)).as(p.shown()).isEqualTo(p.expected());
      if (p.objects() != null) {
        assertThat(objects(p.question(), then)).as(p.shown()).isEqualTo(p.objects());
      }
    }
  }

  /** One commit of new, changed and deleted tuples. */
  private String step(
      RandomWorlds worlds, World world, Map<String, Tuple> stand, SplittableRandom random) {
    world.tuples.clear();
    worlds.fill(world, 1 + random.nextInt(6));
    List<WriteRequest.Change> changes = new ArrayList<>();
    for (Tuple t : world.tuples) {
      changes.add(new WriteRequest.Change(WriteRequest.Op.TOUCH, t));
      stand.put(t.key(), t);
    }
    for (Tuple t : List.copyOf(stand.values())) {
      boolean fresh = world.tuples.stream().anyMatch(n -> n.key().equals(t.key()));
      if (!fresh && random.nextInt(4) == 0) {
        changes.add(new WriteRequest.Change(WriteRequest.Op.DELETE, t));
        stand.remove(t.key());
      }
    }
    world.tuples.clear();
    world.tuples.addAll(stand.values());
    return new TupleWrites(relationships)
        .write(OWNER, new WriteRequest(changes, List.of(), null, null), BY)
        .token();
  }

  private Past ask(RandomWorlds worlds, World world, String token) {
    String object = worlds.object();
    String member = worlds.member();
    SubjectRef who = TupleText.subject(worlds.subject());
    Map<String, Long> context = worlds.context();
    Map<String, Object> json = new HashMap<>();
    context.forEach((k, v) -> json.put(k, BigDecimal.valueOf(v)));
    Answer expected =
        new Oracle(worlds.types, world.tuples, who, context, object).answer(object + "#" + member);
    Question q = new Question(TupleText.object(object), member, who, json, List.of());
    String shown = q + " in\n" + worlds.shown(world);
    assertThat(engine(q, Consistency.FULL)).as(shown).isEqualTo(expected);
    List<String> objects = objects(q, Consistency.FULL);
    List<String> positive = new ArrayList<>();
    Set<String> kinds = new TreeSet<>();
    for (int i = 0; i < 4; i++) {
      String on = q.resource().type() + ":" + i;
      String kind =
          new Oracle(worlds.types, world.tuples, who, context, on).answer(on + "#" + member).kind();
      kinds.add(kind);
      if (kind.equals("allowed") || kind.equals("conditional")) {
        positive.add(i + (kind.equals("conditional") ? "?" : ""));
      }
    }
    if (objects != null && !kinds.contains("fault")) {
      assertThat(objects).as(shown).isEqualTo(positive);
    }
    subjects(q, shown);
    return new Past(token, q, expected, shown, objects);
  }

  private Answer engine(Question q, Consistency c) {
    try {
      Verdict v =
          relationships
              .read(
                  OWNER,
                  c,
                  view ->
                      new Questions(view, ObjectIds.PLAIN, AuthzLimits.DEFAULT)
                          .check(q, new Work(AuthzLimits.QuestionLimits.DEFAULT, System::nanoTime)))
              .value();
      return new Answer(v.unstable() ? "unstable" : v.outcome().wire(), Set.copyOf(v.missing()));
    } catch (WrongState fault) {
      return new Answer("fault", Set.of());
    } catch (LimitExceeded limit) {
      return new Answer("limit", Set.of());
    }
  }

  /** Ids in order; null if the list met a fault. */
  private List<String> objects(Question q, Consistency c) {
    try {
      return relationships
          .read(
              OWNER,
              c,
              view ->
                  new Lists(view, ObjectIds.PLAIN, AuthzLimits.DEFAULT, System::nanoTime)
                      .objects(
                          q.resource().type(),
                          q.permission(),
                          q.subject(),
                          new Lists.Paging(q.context(), List.of(), null, 100)))
          .value()
          .found()
          .stream()
          .map(f -> f.id() + (f.outcome() == Verdict.Outcome.CONDITIONAL ? "?" : ""))
          .toList();
    } catch (AnvilException fault) {
      assertThat(fault).isInstanceOf(WrongState.class);
      return null;
    }
  }

  /** Subjects listed are those that checks let through, wildcards and their exceptions included. */
  private void subjects(Question q, String shown) {
    Lists.Subjects listed;
    try {
      listed =
          relationships
              .read(
                  OWNER,
                  Consistency.FULL,
                  view ->
                      new Lists(view, ObjectIds.PLAIN, AuthzLimits.DEFAULT, System::nanoTime)
                          .subjects(
                              q.resource(),
                              q.permission(),
                              "u",
                              null,
                              new Lists.Paging(q.context(), List.of(), null, 100)))
              .value();
    } catch (WrongState fault) {
      return;
    }
    List<String> ids = listed.page().found().stream().map(Lists.Found::id).toList();
    for (int i = 0; i < 4; i++) {
      String id = Integer.toString(i);
      SubjectRef who = new SubjectRef("u", id, null);
      Answer one =
          engine(
              new Question(q.resource(), q.permission(), who, q.context(), List.of()),
              Consistency.FULL);
      boolean in = one.kind().equals("allowed") || one.kind().equals("conditional");
      boolean told =
          ids.contains(id) || listed.wildcard() != null && !listed.wildcard().except().contains(id);
      listed.page().found().stream()
          .filter(f -> f.id().equals(id) && !one.kind().equals("fault"))
          .forEach(f -> assertThat(f.outcome().wire()).as(shown).isEqualTo(one.kind()));
      if (!one.kind().equals("fault")) {
        assertThat(told).as("u:%s %s in %s", id, one, shown).isEqualTo(in);
      }
    }
  }
}
