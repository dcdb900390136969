package dev.anvil.objects.streams;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketCounters;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Labels;
import dev.anvil.objects.NamedChange;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.failure.Conflict;
import java.util.Map;

/** Creates an empty append stream. */
public final class CreateStream {
  /**
   * What to create.
   *
   * @param bucket where
   * @param key name among the streams of the bucket
   * @param contentType of the records, or null
   * @param metadata names and values, as user metadata of objects
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String contentType,
      Map<String, String> metadata,
      IdempotencyKey idempotencyKey) {}

  /** Proof. */
  public record Result(Receipt receipt) {}

  private final BucketWork work;

  /** Works on these services. */
  public CreateStream(ObjectServices services) {
    this.work = new BucketWork(services);
  }

  /**
   * Needs object:write on the key.
   *
   * @throws Conflict AlreadyExists if there is a stream of this name
   */
  public Result execute(Call call, Command command) {
    BucketWork.Target target =
        work.target(call, Action.OBJECT_WRITE, command.bucket(), command.key());
    Map<String, String> metadata = Labels.userMetadata(command.metadata());
    String contentType = ContentHeaders.ofType(command.contentType()).contentType();
    byte[] content =
        new Fingerprint("stream.create")
            .bytes(command.key().utf8())
            .text(contentType)
            .texts(metadata)
            .toBytes();
    BucketWork.Plan plan = BucketWork.Plan.of(content, command.idempotencyKey());
    return new Result(
        work.run(
            target,
            plan,
            b -> {
              byte[] key = StreamRecords.head(b.bucket().id(), command.key());
              if (b.tx().get(key) != null) {
                throw new Conflict(
                    Conflict.Reason.ALREADY_EXISTS,
                    "there is a stream of this name; append to it or choose another name");
              }
              b.count(BucketCounters.ofOthers(0, 1, 0));
              NamedChange change = NamedChange.of(command.key(), null);
              long cursor = change.append(b, "stream.create");
              StreamHead head = StreamHead.created(cursor, b.committedAt(), contentType, metadata);
              b.tx().put(key, head.toBytes());
              return change.receipt(b, cursor);
            }));
  }
}
