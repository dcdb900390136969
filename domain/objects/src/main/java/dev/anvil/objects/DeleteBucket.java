package dev.anvil.objects;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.NotImplemented;

/** Deletes a bucket; what it leaves unfinished, leased work finishes. */
public final class DeleteBucket {
  /**
   * What to delete.
   *
   * @param bucket which
   * @param abortUploads whether open uploads do not stand in the way
   * @param force whether contents are removed in the background
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket, boolean abortUploads, boolean force, IdempotencyKey idempotencyKey) {}

  /**
   * The bucket is shut.
   *
   * @param receipt of the shutting
   * @param pending whether contents are still being removed; the name is free when they are gone
   */
  public record Result(Receipt receipt, boolean pending) {}

  private final ObjectServices services;

  /** Works on these services. */
  public DeleteBucket(ObjectServices services) {
    this.services = services;
  }

  /** Needs bucket:delete on the bucket. */
  public Result execute(Call call, Command command) {
    throw new NotImplemented("not built yet: " + services + call + command);
  }
}
