package dev.anvil.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.testkit.LinearizabilityChecker.Operation;
import dev.anvil.ports.testkit.LinearizabilityChecker.Step;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On a register: a negative input reads, others write. */
@Tag("fast")
final class LinearizabilityCheckerTest {
  private static final int READ = -1;

  private static Operation<Integer, Integer> write(int value, long began, long ended) {
    return Operation.answered(value, value, began, ended);
  }

  private static Operation<Integer, Integer> read(int value, long began, long ended) {
    return Operation.answered(READ, value, began, ended);
  }

  private static boolean linearizable(List<Operation<Integer, Integer>> history) {
    return LinearizabilityChecker.isLinearizable(
        history,
        0,
        (state, input) -> input == READ ? new Step<>(state, state) : new Step<>(input, input));
  }

  @Test
  void acceptsWhatHasAnOrder() {
    assertThat(linearizable(List.of())).isTrue();
    assertThat(linearizable(List.of(write(1, 0, 10), read(0, 1, 2), read(1, 3, 4)))).isTrue();
    assertThat(linearizable(List.of(write(1, 0, 5), write(2, 1, 6), read(1, 7, 8)))).isTrue();
    assertThat(linearizable(List.of(write(1, 0, 5), write(2, 1, 6), read(2, 7, 8)))).isTrue();
  }

  @Test
  void refusesALostWrite() {
    assertThat(linearizable(List.of(write(1, 0, 1), read(0, 2, 3)))).isFalse();
  }

  @Test
  void refusesAReadThatGoesBack() {
    assertThat(linearizable(List.of(write(1, 0, 10), read(1, 1, 2), read(0, 3, 4)))).isFalse();
  }

  @Test
  void refusesAValueNobodyWrote() {
    assertThat(linearizable(List.of(write(1, 0, 10), read(7, 1, 2)))).isFalse();
  }

  @Test
  void aLostAnswerMayHaveHappenedLateOrNever() {
    Operation<Integer, Integer> lost = Operation.lost(1, 0);
    assertThat(linearizable(List.of(lost, read(0, 5, 6)))).isTrue();
    assertThat(linearizable(List.of(lost, read(0, 5, 6), read(1, 7, 8)))).isTrue();
    assertThat(linearizable(List.of(lost, read(1, 5, 6), read(0, 7, 8)))).isFalse();
  }
}
