package dev.anvil.objects.streams;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketCounters;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.Garbage;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Mutations;
import dev.anvil.objects.NamedChange;
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

  private final Mutations mutations;

  /** Works on these services. */
  public DeleteStream(ObjectServices services) {
    this.mutations = new Mutations(services);
  }

  /**
   * Needs object:delete on the key.
   *
   * @throws dev.anvil.ports.failure.NotFound StreamNotFound
   */
  public Result execute(Call call, Command command) {
    Mutations.Target target =
        mutations.target(call, Action.OBJECT_DELETE, command.bucket(), command.key());
    Mutations.Plan plan =
        Mutations.Plan.of(new Fingerprint("stream.delete").bytes(command.key().utf8()).toBytes(), command.idempotencyKey());
    return new Result(
        mutations.run(
            target,
            plan,
            work -> {
              byte[] key = StreamRecords.head(work.bucket().id(), command.key());
              StreamHead head = StreamRecords.require(work.tx().get(key), command.key());
              work.count(BucketCounters.ofOthers(0, -1, -head.bytes()));
              NamedChange change =
                  NamedChange.of(command.key(), Long.toString(head.records()));
              long cursor = change.append(work, "stream.delete");
              work.tx().delete(key);
              Garbage blocks = new Garbage.Keys(StreamRecords.blocks(head.id()));
              Garbage.leave(work.tx(), cursor, 0, blocks);
              return change.receipt(work, cursor);
            }));
  }
}
