package dev.anvil.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.Access;
import dev.anvil.authz.Gate;
import dev.anvil.authz.KeysThere;
import dev.anvil.authz.store.WriteRequest.Op;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.metrics.Meters;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gate says when a condition lacks a value, fails, or a bound is met; and its counts. */
class GateAnswersTest {
  private static final String SCHEMA =
      """
      caveat share(n int) { 10 / n > 1 }
      definition crowd { relation member: anvil/app | crowd#member }
      definition anvil/object {
        relation reader: anvil/app | anvil/app with share | anvil/public | crowd#member
        relation banned: anvil/app | anvil/app with share | crowd#member
      }
      """;

  private final GovernedWorld world = GovernedWorld.start();
  private final Map<String, Double> denials = new TreeMap<>();
  private Access access;

  @BeforeEach
  void start() {
    Meters meters =
        new Meters() {
          @Override
          public Counter counter(String name, String help, String... labelNames) {
            return (amount, labels) -> {
              if (name.equals(Gate.DENIALS)) {
                denials.merge(String.join(" ", labels), amount, Double::sum);
              }
            };
          }

          @Override
          public Histogram histogram(
              String name, String help, double[] bounds, String... labelNames) {
            return (value, labels) -> {};
          }

          @Override
          public void gauge(String name, String help, DoubleSupplier value, String... labels) {}
        };
    access =
        new Access(
            Meters.none(),
            (call, action, on) -> {},
            new Gate(world.relationships, KeysThere.UNTOLD, meters));
    world.schema(SCHEMA);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private void read(Call call) {
    access.require(call, Action.OBJECT_READ, GovernedWorld.key("a"));
  }

  private void grant(String relation, String subject) {
    world.write(Op.TOUCH, "anvil/object:docs/a#" + relation + "@" + subject);
  }

  @Test
  void aDenialNamesWhatIsMissing() {
    assertThatThrownBy(() -> read(GovernedWorld.ANNA)).isInstanceOf(Denied.class);
    grant("reader", "anvil/app:anvanna[share]");
    assertThatThrownBy(() -> read(GovernedWorld.ANNA))
        .isInstanceOfSatisfying(
            Denied.class, e -> assertThat(e.fields().get("missing")).hasToString("[n]"));
    grant("reader", "anvil/app:anvanna[share:{\"n\":2}]");
    read(GovernedWorld.ANNA);
    assertThat(denials).isEqualTo(Map.of("no_relationship", 1.0, "missing_context", 1.0));
  }

  @Test
  void whatFailsIsNeitherYesNorNo() {
    grant("reader", "anvil/app:anvanna[share:{\"n\":0}]");
    assertThatThrownBy(() -> read(GovernedWorld.ANNA)).isInstanceOf(Unavailable.class);
    grant("reader", "anvil/app:anvanna");
    read(GovernedWorld.ANNA);
    grant("banned", "anvil/app:anvanna[share:{\"n\":0}]");
    assertThatThrownBy(() -> read(GovernedWorld.ANNA)).isInstanceOf(Unavailable.class);
    assertThat(denials).isEqualTo(Map.of("unanswered", 2.0));
    grant("reader", "anvil/public:all");
    read(GovernedWorld.ANNA);
  }

  @Test
  void aBoundThatIsMetLetsNobodyThrough() {
    world.write(
        Op.TOUCH,
        IntStream.range(0, 60)
            .mapToObj(i -> "crowd:" + i + "#member@crowd:" + (i + 1) + "#member")
            .toArray(String[]::new));
    world.write(Op.TOUCH, "crowd:60#member@anvil/app:anvanna");
    grant("reader", "crowd:0#member");
    assertThatThrownBy(() -> read(GovernedWorld.ANNA)).isInstanceOf(Unavailable.class);
    grant("reader", "anvil/app:anvanna");
    grant("banned", "crowd:0#member");
    assertThatThrownBy(() -> read(GovernedWorld.ANNA)).isInstanceOf(Unavailable.class);
    assertThat(denials).isEqualTo(Map.of("unanswered", 2.0));
  }
}
