package dev.anvil.objects.streams;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;

/** Removes a stream in one small commit; the sweep drops its records later. */
public final class DeleteStream {
  /**
   * What to remove.
   *
   * @param bucket where
   * @param key name of the stream
   * @param idempotencyKey or null
   */
  public record Command(BucketName bucket, ObjectKey key, IdempotencyKey idempotencyKey) {}

  /** Proof. */
  public record Result(Receipt receipt) {}

  private final BucketWork work;

  /** Works on these services. */
  public DeleteStream(ObjectServices services) {
    this.work = new BucketWork(services);
  }

  /**
   * Needs object:delete on the key.
   *
   * @throws dev.anvil.ports.failure.NotFound StreamNotFound
   */
  public Result execute(Call call, Command command) {
    BucketWork.Target target =
        work.target(call, Action.OBJECT_DELETE, command.bucket(), command.key());
    BucketWork.Plan plan =
        BucketWork.Plan.of(
            new Fingerprint("stream.delete").bytes(command.key().utf8()).toBytes(),
            command.idempotencyKey());
    return new Result(
        work.run(
            target,
            plan,
            b -> {
              byte[] key = StreamRecords.head(b.bucket().id(), command.key());
              StreamHead head = StreamRecords.require(b.tx().get(key), command.key());
              return StreamContents.remove(b, command.key(), head);
            }));
  }
}
