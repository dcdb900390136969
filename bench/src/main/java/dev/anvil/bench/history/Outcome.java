package dev.anvil.bench.history;

/** How an operation ended for its client. */
public sealed interface Outcome {
  /** Acknowledged; a write with the version it made, a delete with null. */
  record Applied(String version) implements Outcome {}

  /** Refused because of the state of the key: certainly without effect. */
  record Refused() implements Outcome {}

  /** No answer, or one that leaves it open: it happened once before its end, or not at all. */
  record Unknown() implements Outcome {}

  /** What a read saw; tag 0 and a null version for an absent key. */
  record Saw(long tag, String version) implements Outcome {}
}
