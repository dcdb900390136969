package dev.anvil.objects;

import dev.anvil.identity.Call;

/**
 * One try of a mutation: who, on which right, and under which idempotency key. Closing it lets
 * another try with the same key begin.
 */
public final class Attempt implements AutoCloseable {
  private final Call call;
  private final long authzRevision;
  private final long root;
  private final byte[] hash;
  private final Attempts attempts;

  private Attempt(Call call, long authzRevision, long root, byte[] hash, Attempts attempts) {
    this.call = call;
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
    if (key == null) {
      return new Attempt(call, authzRevision, root, null, attempts);
    }
    byte[] hash =
        new Fingerprint("idempotency")
            .number(call.caller().tenantId())
            .text(call.caller().actor())
            .number(root)
            .text(key.value())
            .toBytes();
    attempts.begin(hash);
    return new Attempt(call, authzRevision, root, hash, attempts);
  }

  /** Who calls. */
  public Call call() {
    return call;
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
