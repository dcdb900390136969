package dev.anvil.authz.store;

/** How new the relationships must be that a question rests on. */
public sealed interface Consistency {
  /** The head: every write acknowledged before. */
  record Full() implements Consistency {}

  /** The newest revision at hand on this node. */
  record Latency() implements Consistency {}

  /** The token's revision or a later one. */
  record AtLeast(String token) implements Consistency {}

  /** Exactly the token's revision, with the schema of then and the clock of now. */
  record Exact(String token) implements Consistency {}

  /** The head. */
  Consistency FULL = new Full();
}
