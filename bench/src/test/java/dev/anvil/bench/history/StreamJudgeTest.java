package dev.anvil.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.history.StreamJudge.Batch;
import dev.anvil.bench.history.StreamJudge.Seen;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The judge of streams accepts a whole stream and refuses every planted fault. */
@Tag("fast")
class StreamJudgeTest {
  private static final Batch A = new Batch(0, 10, List.of(1L, 2L), 1);
  private static final Batch B = new Batch(20, 30, List.of(3L), 3);
  private static final Batch OPEN = new Batch(20, 40, List.of(4L, 5L), 0);

  private static Optional<String> verdict(List<Batch> batches, Seen... seen) {
    return StreamJudge.judge("s", batches, List.of(seen));
  }

  private static Seen at(long sequence, long tag) {
    return new Seen(sequence, tag);
  }

  @Test
  void acceptsAcknowledgedBatchesWithAndWithoutTheOpenOne() {
    assertThat(verdict(List.of(A, B, OPEN), at(1, 1), at(2, 2), at(3, 3))).isEmpty();
    assertThat(verdict(List.of(A, B, OPEN), at(1, 1), at(2, 2), at(3, 3), at(4, 4), at(5, 5)))
        .isEmpty();
  }

  @Test
  void findsAGap() {
    assertThat(verdict(List.of(A), at(1, 1), at(3, 2))).get().asString().contains("number 3");
  }

  @Test
  void findsALostBatch() {
    assertThat(verdict(List.of(A, B), at(1, 1), at(2, 2))).get().asString().contains("lost");
  }

  @Test
  void findsATornBatch() {
    assertThat(verdict(List.of(A, B, OPEN), at(1, 1), at(2, 2), at(3, 3), at(4, 4)))
        .get()
        .asString()
        .contains("torn");
    assertThat(verdict(List.of(A, B, OPEN), at(1, 1), at(2, 2), at(3, 3), at(4, 5)))
        .get()
        .asString()
        .contains("torn");
  }

  @Test
  void findsADuplicate() {
    assertThat(verdict(List.of(A, B), at(1, 1), at(2, 2), at(3, 3), at(4, 3)))
        .get()
        .asString()
        .contains("twice");
  }

  @Test
  void findsARecordThatNobodyAppended() {
    assertThat(verdict(List.of(A), at(1, 1), at(2, 2), at(3, 9)))
        .get()
        .asString()
        .contains("nobody");
  }

  @Test
  void findsBatchesInTheWrongOrder() {
    Batch late = new Batch(0, 10, List.of(1L), 2);
    Batch early = new Batch(20, 30, List.of(2L), 1);
    assertThat(verdict(List.of(late, early), at(1, 2), at(2, 1)))
        .get()
        .asString()
        .contains("in front");
  }
}
