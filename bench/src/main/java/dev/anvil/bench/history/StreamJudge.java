package dev.anvil.bench.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges the record of one append stream against what it holds: no gap, no duplicate, every
 * acknowledged batch whole at the numbers of its receipt, every open one whole or not there, and
 * batches that did not overlap in the order they were sent.
 */
public final class StreamJudge {
  private StreamJudge() {}

  /**
   * One batch that a client appended.
   *
   * @param tags of its records in order; unique over all batches
   * @param first number of its first record by the receipt; 0 if the outcome is open
   */
  public record Batch(long invoked, long ended, List<Long> tags, long first) {}

  /** One record as it was read. */
  public record Seen(long sequence, long tag) {}

  /** What is wrong, or nothing. */
  public static Optional<String> judge(String stream, List<Batch> batches, List<Seen> seen) {
    return new Judgement(batches, seen).verdict().map(text -> stream + ": " + text);
  }

  private record Judgement(List<Batch> batches, List<Seen> seen) {
    Optional<String> verdict() {
      Map<Long, Long> places = new HashMap<>();
      for (int i = 0; i < seen.size(); i++) {
        Seen record = seen.get(i);
        if (record.sequence != i + 1) {
          return Optional.of("record " + (i + 1) + " has number " + record.sequence);
        }
        Long earlier = places.put(record.tag, record.sequence);
        if (earlier != null) {
          return Optional.of(
              "content " + record.tag + " is there twice: " + earlier + " and " + record.sequence);
        }
      }
      List<Batch> placed = new ArrayList<>();
      long known = 0;
      for (Batch batch : batches) {
        Long first = places.get(batch.tags.getFirst());
        Optional<String> wrong = whole(batch, first, places);
        if (wrong.isPresent()) {
          return wrong;
        }
        if (first != null) {
          known += batch.tags.size();
          placed.add(new Batch(batch.invoked, batch.ended, batch.tags, first));
        }
      }
      if (known != seen.size()) {
        return Optional.of((seen.size() - known) + " records that nobody appended");
      }
      return ordered(placed);
    }

    private static Optional<String> whole(Batch batch, Long first, Map<Long, Long> places) {
      if (batch.first != 0 && (first == null || first != batch.first)) {
        return Optional.of(
            "acknowledged batch at "
                + batch.first
                + " is "
                + (first == null ? "lost" : "at " + first));
      }
      for (int i = 0; i < batch.tags.size(); i++) {
        Long place = places.get(batch.tags.get(i));
        if (first == null ? place != null : place == null || place != first + i) {
          return Optional.of(
              "batch of content " + batch.tags.getFirst() + " is torn at record " + i);
        }
      }
      return Optional.empty();
    }

    private static Optional<String> ordered(List<Batch> placed) {
      // in stream order, a batch must not have ended before an earlier placed one was sent
      List<Batch> byPlace =
          placed.stream().sorted(java.util.Comparator.comparingLong(Batch::first)).toList();
      long latestInvoked = Long.MIN_VALUE;
      for (Batch batch : byPlace) {
        if (batch.ended < latestInvoked) {
          return Optional.of(
              "batch at " + batch.first + " had ended before one in front of it was sent");
        }
        latestInvoked = Math.max(latestInvoked, batch.invoked);
      }
      return Optional.empty();
    }
  }
}
