package dev.anvil.ports.failure;

/** A stable failure code as clients see it. */
public interface Code {
  /** The code on the wire, for example {@code BucketNotFound}. */
  String wire();
}
