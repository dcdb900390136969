package dev.anvil.objects;

import dev.anvil.identity.Call;

/**
 * One try of a mutation: who, on which right, and under which idempotency key. Closing it lets
 * another try with the same key begin.
 */
public final class Attempt implements AutoCloseable {
  private final String actor;
  private final String requestId;
  private final long authzRevision;
  private final long root;
  private final byte[] hash;
  private final Attempts attempts;

  private Attempt(
      String actor,
      String requestId,
      long authzRevision,
      long root,
      byte[] hash,
      Attempts attempts) {
    this.actor = actor;
    this.requestId = requestId;
    this.authzRevision = authzRevision;
    this.root = root;
    this.hash = hash;
    this.attempts = attempts;
  }

  /**
   * Begins.
   *
   * @param root internal id of the bucket, 0 in the directory
   * @param key or null
   * @throws dev.anvil.ports.failure.Conflict OperationInProgress if another try with the key runs
   */
  static Attempt begin(
      Attempts attempts, Call call, long authzRevision, long root, IdempotencyKey key) {
    String actor = call.caller().actor();
    if (key == null) {
      return new Attempt(actor, call.requestId(), authzRevision, root, null, attempts);
    }
    byte[] hash =
        new Fingerprint("idempotency")
            .number(call.caller().tenantId())
            .text(actor)
            .number(root)
            .text(key.value())
            .toBytes();
    attempts.begin(hash);
    return new Attempt(actor, call.requestId(), authzRevision, root, hash, attempts);
  }

  /** Leased work, which needs no right and repeats itself. */
  static Attempt ofDuty(String duty) {
    return new Attempt("duty:" + duty, null, 0, 0, null, null);
  }

  /** Who does it, as in the journal. */
  public String actor() {
    return actor;
  }

  /** The request it belongs to; null for leased work. */
  public String requestId() {
    return requestId;
  }

  /** Authorisation revision the right rests on. */
  public long authzRevision() {
    return authzRevision;
  }

  /** Whether an idempotency key was sent. */
  public boolean keyed() {
    return hash != null;
  }

  /** Hash of the idempotency key as it is kept; null without one. */
  byte[] hash() {
    return hash;
  }

  long root() {
    return root;
  }

  @Override
  public void close() {
    if (hash != null) {
      attempts.end(hash);
    }
  }
}
