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
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String version,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey) {
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

  /** Needs object:delete on the key. */
  public Result execute(Call call, Command command) {
    Right right =
        services
            .access()
            .admit(
                call,
                Action.OBJECT_DELETE,
                Resource.version(command.bucket(), command.key(), command.version()));
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    byte[] print =
        new Fingerprint("DeleteObject")
            .text(command.key().text())
            .text(command.version())
            .toBytes();
    try (Attempt attempt =
        mutations.begin(call, right.revision(), bucket, command.idempotencyKey())) {
      Mutations.Outcome outcome =
          mutations.commit(WriteBounds.DEFAULT, attempt, bucket, print, b -> delete(b, command));
      return new Result(outcome.receipt(), outcome.replayed());
    }
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
