package dev.anvil.objects.streams;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.ObjectServices;

/** Shows a stream without its records. */
public final class GetStream {
  /** Which stream. */
  public record Command(BucketName bucket, ObjectKey key) {}

  /** The stream. */
  public record Result(StreamInfo stream) {}

  private final BucketWork work;

  /** Works on these services. */
  public GetStream(ObjectServices services) {
    this.work = new BucketWork(services);
  }

  /**
   * Needs object:read on the key.
   *
   * @throws dev.anvil.ports.failure.NotFound StreamNotFound
   */
  public Result execute(Call call, Command command) {
    BucketWork.Target target =
        work.target(call, Action.OBJECT_READ, command.bucket(), command.key());
    StreamHead head =
        work.read(
            target,
            (tx, bucket) ->
                StreamRecords.require(
                    tx.get(StreamRecords.head(bucket.id(), command.key())), command.key()));
    return new Result(head.info(command.key()));
  }
}
