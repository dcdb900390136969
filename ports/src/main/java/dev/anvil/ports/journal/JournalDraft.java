package dev.anvil.ports.journal;

import dev.anvil.ports.bodies.BodyId;
import java.util.List;

/**
 * A journal entry before the commit gives it a place. Null stands for absent where so said.
 *
 * @param kind dotted name, for example {@code object.put}
 * @param space internal id of the bucket, tenant or group it belongs to; 0 for none
 * @param subject name inside the space, for example the key's bytes
 * @param version version id, or null
 * @param actor who did it, for example {@code app:<clientId>} or {@code duty:<name>}
 * @param requestId of the request that caused it
 * @param payload size, etag and hash, or null
 * @param idempotencyHash hash of the idempotency key, or null
 * @param authzRevision authorisation revision the decision rested on; 0 if none
 * @param bodies bodies that this entry makes reachable for the first time
 * @param via operation it came by where the kind alone does not say it, for example {@code copy};
 *     null for the plain one
 */
public record JournalDraft(
    String kind,
    long space,
    byte[] subject,
    String version,
    String actor,
    String requestId,
    Payload payload,
    byte[] idempotencyHash,
    long authzRevision,
    List<BodyId> bodies,
    String via) {
  /** Copies the list. */
  public JournalDraft {
    bodies = List.copyOf(bodies);
  }

  /** By the plain operation of its kind. */
  public JournalDraft(
      String kind,
      long space,
      byte[] subject,
      String version,
      String actor,
      String requestId,
      Payload payload,
      byte[] idempotencyHash,
      long authzRevision,
      List<BodyId> bodies) {
    this(
        kind,
        space,
        subject,
        version,
        actor,
        requestId,
        payload,
        idempotencyHash,
        authzRevision,
        bodies,
        null);
  }
}
