package dev.anvil.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.history.VersionsJudge.Listed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The judge of version lists accepts a whole list and refuses every planted fault. */
@Tag("fast")
class VersionsJudgeTest {
  private static final List<Operation> WRITES =
      List.of(
          new Operation(1, 0, 10, Action.put(1), new Outcome.Applied("a")),
          new Operation(1, 20, 30, Action.put(2), new Outcome.Applied("b")),
          new Operation(1, 40, 50, Action.put(3), new Outcome.Unknown()),
          new Operation(1, 40, 50, Action.create(4), new Outcome.Refused()));

  private static Optional<String> verdict(Listed... listed) {
    return VersionsJudge.judge("k", WRITES, List.of(listed));
  }

  @Test
  void acceptsTheAcknowledgedOnesWithAndWithoutTheOpenOne() {
    assertThat(verdict(new Listed("b", 2), new Listed("a", 1))).isEmpty();
    assertThat(verdict(new Listed("c", 3), new Listed("b", 2), new Listed("a", 1))).isEmpty();
    assertThat(verdict(new Listed("c", 0), new Listed("b", 2), new Listed("a", 1))).isEmpty();
  }

  @Test
  void findsALostVersion() {
    assertThat(verdict(new Listed("b", 2))).get().asString().contains("listed as null");
  }

  @Test
  void findsAVersionWithTheContentOfAnother() {
    assertThat(verdict(new Listed("b", 1), new Listed("a", 2))).isPresent();
  }

  @Test
  void findsARefusedWriteThatIsThere() {
    assertThat(verdict(new Listed("c", 4), new Listed("b", 2), new Listed("a", 1)))
        .get()
        .asString()
        .contains("nobody wrote");
  }

  @Test
  void findsAListOutOfOrder() {
    assertThat(verdict(new Listed("a", 1), new Listed("b", 2)))
        .get()
        .asString()
        .contains("out of order");
  }

  @Test
  void findsIdsThatDoNotSortInCommitOrder() {
    List<Operation> writes =
        List.of(
            new Operation(1, 0, 10, Action.put(1), new Outcome.Applied("b")),
            new Operation(1, 20, 30, Action.put(2), new Outcome.Applied("a")));
    assertThat(VersionsJudge.judge("k", writes, List.of(new Listed("b", 1), new Listed("a", 2))))
        .get()
        .asString()
        .contains("sorts before");
  }
}
