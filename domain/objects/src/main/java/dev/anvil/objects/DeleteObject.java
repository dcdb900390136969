package dev.anvil.objects;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.NotImplemented;

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
      IdempotencyKey idempotencyKey) {}

  /**
   * What is durable.
   *
   * @param receipt of the marker made or the version removed ({@code deleteMarker} in both cases
   *     where it is a marker); null if nothing was there to remove
   * @param replayed whether an earlier try with the same idempotency key had done it
   */
  public record Result(Receipt receipt, boolean replayed) {}

  private final ObjectServices services;

  /** Works on these services. */
  public DeleteObject(ObjectServices services) {
    this.services = services;
  }

  /** Needs object:delete on the key. */
  public Result execute(Call call, Command command) {
    throw new NotImplemented("not built yet: " + services + call + command);
  }
}
