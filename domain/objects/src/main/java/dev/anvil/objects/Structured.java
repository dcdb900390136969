package dev.anvil.objects;

/** Structured JSON metadata of a version: none, in its record, or under a key of its own. */
public sealed interface Structured {
  /** None. */
  record None() implements Structured {}

  /** Compact JSON inside the record, at most {@link ObjectLimits#INLINE_STRUCTURED_BYTES}. */
  record Here(byte[] json) implements Structured {}

  /**
   * Under METADATA, owned by exactly one version.
   *
   * @param cursor its key
   * @param length bytes
   */
  record Apart(long cursor, int length) implements Structured {}

  /** The one absent value. */
  Structured NONE = new None();
}
