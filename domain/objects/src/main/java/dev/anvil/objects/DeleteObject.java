package dev.anvil.objects;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.storage.WriteBounds;

/** Deletes a key as the bucket's versioning says, or one version of it. */
public final class DeleteObject {
  /**
   * What to delete.
   *
   * @param bucket where
   * @param key which key
   * @param version text of a version id, {@code null} spelt out for the null version, or null for
   *     the key
   * @param preconditions demands on the current state
   * @param idempotencyKey or null
   * @param bypass whether governance shall be bypassed
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String version,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey,
      boolean bypass) {
    /** Bypasses nothing. */
    public Command(
        BucketName bucket,
        ObjectKey key,
        String version,
        Preconditions preconditions,
        IdempotencyKey idempotencyKey) {
      this(bucket, key, version, preconditions, idempotencyKey, false);
    }

    /** Refuses a malformed version id. */
    public Command {
      if (version != null && !version.equals(VersionId.NULL_TEXT)) {
        VersionId.parse(version);
      }
    }
  }

  /**
   * What is durable.
   *
   * @param receipt of the marker made or the version removed ({@code deleteMarker} in both cases
   *     where it is a marker); null if nothing was there to remove
   * @param replayed whether an earlier try with the same idempotency key had done it
   */
  public record Result(Receipt receipt, boolean replayed) {}

  private final ObjectServices services;
  private final Mutations mutations;

  /** Works on these services. */
  public DeleteObject(ObjectServices services) {
    this.services = services;
    this.mutations = new Mutations(services);
  }

  /**
   * Needs object:delete on the key, and policy:write on it to bypass governance.
   *
   * @throws dev.anvil.ports.failure.Denied ObjectLocked if what would be removed must stay
   */
  public Result execute(Call call, Command command) {
    Right right =
        services
            .access()
            .admit(
                call,
                Action.OBJECT_DELETE,
                Resource.version(command.bucket(), command.key(), command.version()));
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    Resource key = Resource.key(command.bucket(), command.key());
    boolean bypass = command.bypass() && services.access().allows(call, Action.POLICY_WRITE, key);
    try (Attempt attempt =
        mutations.begin(call, right.revision(), bucket, command.idempotencyKey())) {
      byte[] print = attempt.keyed() ? fingerprint(command) : null;
      Mutations.Outcome outcome =
          mutations.commit(
              WriteBounds.DEFAULT,
              attempt,
              bucket,
              print,
              b -> {
                if (bypass) {
                  b.bypassGovernance();
                }
                return delete(b, command);
              });
      return new Result(outcome.receipt(), outcome.replayed());
    }
  }

  private static byte[] fingerprint(Command command) {
    return new Fingerprint("DeleteObject")
        .text(command.key().text())
        .text(command.version())
        .toBytes();
  }

  /** The decision and the change, also for deletes in batches. */
  static Receipt delete(BucketTx b, Command command) {
    KeyState state = b.key(command.key());
    command.preconditions().check(state.newest());
    Versions versions = new Versions(b);
    if (command.version() == null) {
      return versions.delete(state);
    }
    VersionRecord version = state.find(b.tx(), command.version());
    return version == null ? null : versions.remove(state, version);
  }
}
