package dev.anvil.objects.streams;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.NamedChange;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.journal.Payload;
import java.util.HexFormat;
import java.util.Map;

/** Ends a stream for good with a hash that commits to all of it. */
public final class SealStream {
  /**
   * What to seal.
   *
   * @param bucket where
   * @param key name of the stream
   * @param expectedRecords how many records there must be; -1 takes any
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket, ObjectKey key, long expectedRecords, IdempotencyKey idempotencyKey) {}

  /**
   * The stream is sealed.
   *
   * @param records how many it holds, also the receipt's version
   * @param bytes of all records, also the receipt's size
   * @param sealHash also the receipt's SHA-256; see {@link StreamHashes}
   * @param receipt proof
   */
  public record Result(long records, long bytes, byte[] sealHash, Receipt receipt) {}

  private final BucketWork work;

  /** Works on these services. */
  public SealStream(ObjectServices services) {
    this.work = new BucketWork(services);
  }

  /**
   * Needs object:write on the key.
   *
   * @throws dev.anvil.ports.failure.NotFound StreamNotFound
   * @throws WrongState StreamSealed if it is sealed already
   * @throws PreconditionFailed if there are not the expected records
   */
  public Result execute(Call call, Command command) {
    BucketWork.Target target =
        work.target(call, Action.OBJECT_WRITE, command.bucket(), command.key());
    byte[] content =
        new Fingerprint("stream.seal")
            .bytes(command.key().utf8())
            .number(command.expectedRecords())
            .toBytes();
    BucketWork.Plan plan = BucketWork.Plan.of(content, command.idempotencyKey());
    Receipt receipt = work.run(target, plan, b -> seal(b, command));
    return new Result(Long.parseLong(receipt.version()), receipt.size(), receipt.sha256(), receipt);
  }

  private static Receipt seal(BucketTx b, Command command) {
    byte[] key = StreamRecords.head(b.bucket().id(), command.key());
    StreamHead head = StreamRecords.require(b.tx().get(key), command.key());
    if (head.sealed()) {
      throw new WrongState(WrongState.Reason.STREAM_SEALED, "the stream is sealed already");
    }
    if (command.expectedRecords() >= 0 && command.expectedRecords() != head.records()) {
      throw new PreconditionFailed(
          PreconditionFailed.Reason.PRECONDITION,
          "the stream holds " + head.records() + " records, not " + command.expectedRecords(),
          Map.of("records", head.records()));
    }
    byte[] hash = StreamHashes.seal(head.link(), head.records(), head.bytes());
    NamedChange change =
        NamedChange.of(
            command.key(),
            Long.toString(head.records()),
            new Payload(head.bytes(), HexFormat.of().formatHex(hash), hash));
    long cursor = change.append(b, "stream.seal");
    b.tx().put(key, head.sealedNow(hash, b.committedAt(), cursor).toBytes());
    return change.receipt(b, cursor);
  }
}
