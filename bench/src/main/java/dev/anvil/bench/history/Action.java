package dev.anvil.bench.history;

/** What was asked of one key. */
public sealed interface Action {
  /** Writes the content of that tag, if the condition holds. Tags are unique and above 0. */
  record Put(long tag, Condition condition) implements Action {}

  /** Makes the key absent. */
  record Delete() implements Action {}

  /** Reads the key. */
  record Read() implements Action {}

  /** What a write demands of the state before it. */
  sealed interface Condition {
    /** Nothing. */
    record Any() implements Condition {}

    /** That the key is absent. */
    record Absent() implements Condition {}

    /** That the key is in this version. */
    record Version(String version) implements Condition {}
  }

  /** A write without a condition. */
  static Put put(long tag) {
    return new Put(tag, new Condition.Any());
  }

  /** A write that only creates. */
  static Put create(long tag) {
    return new Put(tag, new Condition.Absent());
  }

  /** A write that replaces one version. */
  static Put replace(long tag, String version) {
    return new Put(tag, new Condition.Version(version));
  }
}
