package dev.anvil.authz.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.graph.Oracle.Answer;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.testkit.Seeds;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine says what brute force says. */
class OracleTest {
  private final Map<String, Integer> kinds = new TreeMap<>();

  @Test
  void tenThousandRandomQuestions() {
    Seeds.run(random -> run(random, 10_000));
    assertThat(kinds.keySet()).contains("allowed", "denied", "conditional", "unstable", "fault");
  }

  @Test
  @Tag("slow")
  void aHundredThousandRandomQuestions() {
    Seeds.run(random -> run(random, 100_000));
  }

  @Test
  void aShortWalkIsRightOrAnErrorWhateverTheOrder() {
    Seeds.run(random -> {
      int limited = 0;
      for (int asked = 0; asked < 3_000; asked++) {
        RandomWorlds worlds = new RandomWorlds(random.split());
        World world = world(worlds);
        world.limits = world.limits.walk(2, 10_000, 100_000);
        for (int q = 0; q < 10; q++, asked++) {
          limited += shortWalk(worlds, world) ? 1 : 0;
        }
      }
      assertThat(limited).isPositive();
    });
  }

  private void run(SplittableRandom random, int questions) {
    for (int asked = 0; asked < questions; ) {
      RandomWorlds worlds = new RandomWorlds(random.split());
      World world = world(worlds);
      for (int q = 0; q < 20; q++, asked++) {
        ask(worlds, world);
      }
    }
  }

  private static World world(RandomWorlds worlds) {
    while (true) {
      try {
        World world = new World(worlds.schema());
        worlds.fill(world, 4 + worlds.random.nextInt(30));
        return world;
      } catch (Invalid refused) {
        // arrows without a target are refused by rule: draw again
        RandomWorlds again = new RandomWorlds(worlds.random.split());
        worlds.types.clear();
        worlds.types.putAll(again.types);
        worlds.unstable = again.unstable;
      }
    }
  }

  private void ask(RandomWorlds worlds, World world) {
    Question q = question(worlds);
    Answer got = engine(world, q);
    kinds.merge(got.kind(), 1, Integer::sum);
    assertThat(got).as("%s in%n%s", q, worlds.shown(world)).isEqualTo(oracle(worlds, world, q));
  }

  /** Whether a bound was met; the order of the tuples must not decide it. */
  private boolean shortWalk(RandomWorlds worlds, World world) {
    Question q = question(worlds);
    Answer got = engine(world, q);
    Collections.reverse(world.tuples);
    assertThat(engine(world, q)).as("%s in%n%s", q, worlds.shown(world)).isEqualTo(got);
    if (got.kind().equals("limit") || got.kind().equals("fault")) {
      return got.kind().equals("limit");
    }
    assertThat(got).as("%s in%n%s", q, worlds.shown(world)).isEqualTo(oracle(worlds, world, q));
    return false;
  }

  private record Question(
      String object, String member, String subject, Map<String, Long> context) {}

  private static Question question(RandomWorlds w) {
    return new Question(w.object(), w.member(), w.subject(), w.context());
  }

  private static Answer oracle(RandomWorlds worlds, World world, Question q) {
    return new Oracle(
            worlds.types, world.tuples, TupleText.subject(q.subject()), q.context(), q.object())
        .answer(q.object() + "#" + q.member());
  }

  private static Answer engine(World world, Question q) {
    Map<String, Object> json = new HashMap<>();
    q.context().forEach((k, v) -> json.put(k, BigDecimal.valueOf(v)));
    world.shared = new Shared();
    try {
      Verdict v = world.check(q.object(), q.member(), q.subject(), json);
      return new Answer(v.unstable() ? "unstable" : v.outcome().wire(), Set.copyOf(v.missing()));
    } catch (WrongState fault) {
      return new Answer("fault", Set.of());
    } catch (LimitExceeded limit) {
      return new Answer("limit", Set.of());
    }
  }

  @Test
  void aSourceThatLiesTurnsItRed() {
    for (World.Lie lie : World.Lie.values()) {
      assertThatThrownBy(
              () -> {
                SplittableRandom random = new SplittableRandom(7);
                for (int i = 0; i < 400; i++) {
                  RandomWorlds worlds = new RandomWorlds(random.split());
                  World world = world(worlds);
                  world.lie = lie;
                  for (int q = 0; q < 10; q++) {
                    ask(worlds, world);
                  }
                }
              })
          .as("%s", lie)
          .isInstanceOf(AssertionError.class);
    }
  }
}
