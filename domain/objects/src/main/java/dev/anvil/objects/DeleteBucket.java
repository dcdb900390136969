package dev.anvil.objects;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import java.util.List;

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

  /** Steps a delete does itself before it leaves the rest to leased work. */
  static final int OWN_STEPS = 64;

  private final ObjectServices services;
  private final BucketLife life;

  /**
   * Works on these services.
   *
   * @param contents what buckets hold beside versions
   */
  public DeleteBucket(ObjectServices services, List<BucketContents> contents) {
    this.services = services;
    this.life = new BucketLife(services, contents);
  }

  /** Needs bucket:delete on the bucket. */
  public Result execute(Call call, Command command) {
    Right right =
        services.access().admit(call, Action.BUCKET_DELETE, Resource.bucket(command.bucket()));
    byte[] print =
        new Fingerprint("DeleteBucket")
            .text(command.bucket().value())
            .number(command.force() ? 1 : 0)
            .toBytes();
    try (Attempt attempt =
        Attempt.begin(services.attempts(), call, right.revision(), 0, command.idempotencyKey())) {
      Idempotency done = life.finished(attempt);
      if (done != null) {
        done.requireSame(print);
        return new Result(done.receipt(), false);
      }
      BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
      NameRecord name = services.buckets().find(command.bucket());
      if (name != null && name.creating()) {
        life.open(tx -> {}, attempt, command.bucket(), name);
      }
      Receipt receipt = life.shut(attempt, bucket, command);
      return new Result(receipt, !finish(attempt, bucket, command, print, receipt));
    }
  }

  private boolean finish(
      Attempt attempt, BucketRef bucket, Command command, byte[] print, Receipt receipt) {
    int steps = command.force() ? 0 : OWN_STEPS;
    boolean drained = false;
    for (int i = 0; i < steps && !drained; i++) {
      drained = !life.drain(tx -> {}, attempt, bucket);
    }
    if (drained) {
      life.drop(tx -> {}, attempt, bucket, print, receipt);
    } else {
      life.remember(attempt, print, receipt);
    }
    return drained;
  }
}
