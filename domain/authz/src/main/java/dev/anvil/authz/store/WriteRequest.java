package dev.anvil.authz.store;

import dev.anvil.authz.tuples.Tuple;
import java.util.List;

/**
 * A change of tuples, all or nothing.
 *
 * @param schemaVersion version that must be in force, or null
 * @param reason for the audit, or null
 */
public record WriteRequest(
    List<Change> changes, List<Precondition> preconditions, Integer schemaVersion, String reason) {
  /** What to do with a tuple. */
  public enum Op {
    /** Inserts it or replaces its value. */
    TOUCH,
    /** Inserts it; a live one stands in the way. */
    CREATE,
    /** Removes it by its key. */
    DELETE
  }

  /** One tuple. */
  public record Change(Op op, Tuple tuple) {}

  /**
   * What must hold in the same commit.
   *
   * @param match whether a live tuple must match, or none
   */
  public record Precondition(boolean match, Filter filter) {}

  /** What became of a tuple. */
  public enum Effect {
    /** It is new. */
    CREATED("created"),
    /** Its value is new. */
    UPDATED("updated"),
    /** It stood like that. */
    UNCHANGED("unchanged"),
    /** It is gone. */
    DELETED("deleted"),
    /** It was not there. */
    ABSENT("absent");

    private final String wire;

    Effect(String wire) {
      this.wire = wire;
    }

    /** As in answers. */
    public String wire() {
      return wire;
    }
  }

  /**
   * Who writes.
   *
   * @param authzRevision the right rests on
   * @param idempotency hash of the idempotency key, or null
   * @param fingerprint of the request, with a key only
   */
  public record By(
      String actor, String requestId, long authzRevision, byte[] idempotency, byte[] fingerprint) {}

  /**
   * What was done.
   *
   * @param revision of the change, or of the head if nothing changed
   * @param effects one for each change
   * @param replayed whether an earlier try did it
   */
  public record Receipt(long revision, String token, List<Effect> effects, boolean replayed) {}

  /** Copies the lists. */
  public WriteRequest {
    changes = List.copyOf(changes);
    preconditions = List.copyOf(preconditions);
  }
}
