package dev.anvil.authz.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.graph.Fault;
import dev.anvil.authz.store.Consistency;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.metrics.Meters;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class RelationMetersTest {
  private final Map<String, Double> seen = new TreeMap<>();
  private final Meters meters =
      new Meters() {
        @Override
        public Counter counter(String name, String help, String... labelNames) {
          return (amount, labels) -> note(name, amount, labels);
        }

        @Override
        public Histogram histogram(
            String name, String help, double[] bounds, String... labelNames) {
          return (value, labels) -> note(name, value, labels);
        }

        @Override
        public void gauge(String name, String help, DoubleSupplier value, String... labelPairs) {}
      };

  private void note(String name, double amount, String... labels) {
    seen.merge(name + " " + String.join(" ", labels), amount, Double::sum);
  }

  @Test
  void questionsLimitsAndWritesAreCounted() {
    long[] now = {0};
    RelationMeters m = new RelationMeters(meters, () -> now[0]);
    m.asked(
        "check",
        Consistency.FULL,
        r -> r,
        () -> {
          now[0] += 2_000_000_000L;
          return "allowed";
        });
    assertThatThrownBy(() ->
            m.asked(
                "check",
                new Consistency.Exact("t"),
                r -> "allowed",
                () -> {
                  throw Fault.limit("nodes", 10);
                }))
        .isInstanceOf(LimitExceeded.class);
    m.written(3, () -> null);
    assertThat(seen)
        .containsEntry("anvil_authz_questions_total check fully_consistent allowed", 1.0)
        .containsEntry("anvil_authz_questions_total check at_exact_snapshot error", 1.0)
        .containsEntry("anvil_authz_question_seconds check", 2.0)
        .containsEntry("anvil_authz_limits_total nodes", 1.0)
        .containsEntry("anvil_authz_write_tuples ", 3.0);
  }
}
