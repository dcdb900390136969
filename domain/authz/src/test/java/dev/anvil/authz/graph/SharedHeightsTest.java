package dev.anvil.authz.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.testkit.Seeds;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A value that questions share is found alone within the hops that it says it rests on. */
class SharedHeightsTest {
  private static final int QUESTIONS = 8;

  @Test
  void aSharedValueIsFoundAloneWithinItsHeight() {
    Seeds.fixed(random -> assertThat(claims(random, 300)).isGreaterThan(1_000));
  }

  @Test
  @Tag("slow")
  void sharedValuesOfManyWorlds() {
    Seeds.run(random -> assertThat(claims(random, 30_000)).isGreaterThan(100_000));
  }

  /** The second document of a deep folder costs its own hop, up to the very bound of depth. */
  @Test
  @Tag("fast")
  void sharingSparesTheWayThatAnotherQuestionWent() {
    World world =
        new World(
            """
            definition u {}
            definition f {
            relation parent: f
            relation reader: u
            relation banned: u
            permission read = reader + parent->read
            permission view = read - banned
            }
            """);
    int deep = world.limits.depth() - 1;
    for (int i = 0; i < deep; i++) {
      world.with("f:" + i + "#parent@f:" + (i + 1));
    }
    world.with("f:x#parent@f:0", "f:y#parent@f:0", "f:" + deep + "#reader@u:0");
    for (String who : new String[] {"u:0", "u:1"}) {
      world.shared = new Shared();
      String answer = who.equals("u:0") ? "allowed" : "denied";
      assertThat(world.check("f:x#view@" + who)).isEqualTo(answer);
      assertThat(world.work.nodes()).isGreaterThan(3 * deep);
      assertThat(world.check("f:y#view@" + who)).isEqualTo(answer);
      assertThat(world.work.nodes()).isLessThan(10);
    }
  }

  /** Asks in batches, and then each thing that the batch knows by itself; how many there were. */
  private static int claims(SplittableRandom random, int worlds) {
    int claims = 0;
    for (int i = 0; i < worlds; i++) {
      RandomWorlds drawn = new RandomWorlds(random.split());
      World world = OracleTest.world(drawn);
      int depth = 1 + random.nextInt(6);
      Map<String, Object> context = new HashMap<>();
      drawn.context().forEach((k, v) -> context.put(k, BigDecimal.valueOf(v)));
      Shared batch = new Shared();
      String subject = drawn.subject();
      for (int q = 0; q < QUESTIONS; q++) {
        world.limits = world.limits.walk(depth, 10_000, 100_000);
        ask(world, batch, drawn.object(), drawn.member(), subject, context);
      }
      for (Map.Entry<Node.Key, Shared.Known> e : batch.of(who(world, subject)).entrySet()) {
        claims += proved(drawn, world, e.getKey(), e.getValue(), subject, context) ? 1 : 0;
      }
    }
    return claims;
  }

  private static boolean proved(
      RandomWorlds drawn,
      World world,
      Node.Key key,
      Shared.Known known,
      String subject,
      Map<String, Object> context) {
    Schema.Member member = world.schema.member(key.type(), key.what());
    if (member == null) {
      // an arrow is no member that could be asked for
      return false;
    }
    world.limits = world.limits.walk(known.height(), 10_000, 100_000);
    String object = member.type().name() + ":" + key.id();
    assertThat(ask(world, new Shared(), object, member.name(), subject, context))
        .as(
            "%s#%s@%s with %s within %s hops in%n%s",
            object, member.name(), subject, context, known.height(), drawn.shown(world))
        .isEqualTo(known.value().yes() ? "allowed" : "denied");
    return true;
  }

  private static Subject who(World world, String subject) {
    SubjectRef s = TupleText.subject(subject);
    int member = s.relation() == null ? Schema.PLAIN : world.names.get(s.relation());
    return new Subject(world.names.get(s.type()), s.id(), member);
  }

  private static String ask(
      World world,
      Shared shared,
      String object,
      String member,
      String subject,
      Map<String, Object> context) {
    world.shared = shared;
    try {
      Verdict v = world.check(object, member, subject, context);
      return v.unstable() ? "unstable" : v.outcome().wire();
    } catch (WrongState fault) {
      return "fault";
    } catch (LimitExceeded limit) {
      return "limit";
    }
  }
}
