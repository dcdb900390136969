package dev.anvil.objects.streams;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketCounters;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.NamedChange;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.journal.Payload;
import dev.anvil.ports.storage.WaistLimits;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Appends records, all or none, with the next sequence numbers. */
public final class AppendRecords {
  /**
   * What to append.
   *
   * @param bucket where
   * @param key name of the stream
   * @param records 1 to {@link StreamLimits#MAX_RECORDS}, of {@link StreamLimits#MAX_APPEND_BYTES}
   *     together; empty ones are fine
   * @param expectedNext number the first record must get; 0 takes any
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      List<byte[]> records,
      long expectedNext,
      IdempotencyKey idempotencyKey) {
    /** Copies the list. */
    public Command {
      records = List.copyOf(records);
    }
  }

  /**
   * The records are durable.
   *
   * @param first number of the first one
   * @param last number of the last one, also the receipt's version
   * @param link hash of everything up to them, also the receipt's SHA-256
   * @param receipt proof
   */
  public record Result(long first, long last, byte[] link, Receipt receipt) {}

  private record Prepared(List<byte[]> records, byte[] batch, List<Block> blocks, long bytes) {}

  private record Block(int offset, byte[] body) {}

  private final BucketWork work;

  /** Works on these services. */
  public AppendRecords(ObjectServices services) {
    this.work = new BucketWork(services);
  }

  /**
   * Needs object:write on the key.
   *
   * @throws dev.anvil.ports.failure.NotFound StreamNotFound
   * @throws WrongState StreamSealed
   * @throws PreconditionFailed if the next number is not the expected one
   */
  public Result execute(Call call, Command command) {
    BucketWork.Target target =
        work.target(call, Action.OBJECT_WRITE, command.bucket(), command.key());
    check(command);
    Prepared prepared = prepare(command.records());
    byte[] content =
        new Fingerprint("stream.append")
            .bytes(command.key().utf8())
            .number(command.expectedNext())
            .bytes(prepared.batch())
            .toBytes();
    BucketWork.Plan plan =
        BucketWork.Plan.of(content, command.idempotencyKey())
            .bounded(
                new WriteBounds(
                    WaistLimits.DEFAULT_READS,
                    (int) prepared.bytes() + 64 * command.records().size()));
    Receipt receipt = work.run(target, plan, b -> append(b, command, prepared));
    long last = Long.parseLong(receipt.version());
    return new Result(last - command.records().size() + 1, last, receipt.sha256(), receipt);
  }

  private static Receipt append(BucketTx b, Command command, Prepared prepared) {
    byte[] key = StreamRecords.head(b.bucket().id(), command.key());
    StreamHead head = StreamRecords.require(b.tx().get(key), command.key());
    long first = head.records() + 1;
    if (head.sealed()) {
      throw new WrongState(
          WrongState.Reason.STREAM_SEALED, "the stream is sealed; append to another one");
    }
    if (command.expectedNext() != 0 && command.expectedNext() != first) {
      throw new PreconditionFailed(
          PreconditionFailed.Reason.PRECONDITION,
          "the next record gets number " + first + ", not " + command.expectedNext(),
          Map.of("next", first));
    }
    int count = prepared.records().size();
    byte[] link = StreamHashes.link(head.link(), first, count, prepared.batch());
    String last = Long.toString(head.records() + count);
    b.count(BucketCounters.ofOthers(0, 0, prepared.bytes()));
    String etag = HexFormat.of().formatHex(link);
    NamedChange change =
        NamedChange.of(command.key(), last, new Payload(prepared.bytes(), etag, link));
    long cursor = change.append(b, "stream.append");
    put(b.tx(), head.id(), first, prepared.blocks());
    Instant at = b.committedAt();
    b.tx().put(key, head.appended(count, prepared.bytes(), link, at, cursor).toBytes());
    return change.receipt(b, cursor);
  }

  private static void put(WriteTx tx, long stream, long first, List<Block> blocks) {
    for (Block block : blocks) {
      int n = 0;
      for (byte[] piece : StreamBlock.pieces(block.body(), tx.committedAt())) {
        tx.put(StreamRecords.piece(stream, first + block.offset(), n++), piece);
      }
    }
  }

  private static Prepared prepare(List<byte[]> records) {
    List<byte[]> hashes = records.stream().map(StreamHashes::record).toList();
    List<Block> blocks = new ArrayList<>();
    int from = 0;
    for (int to : StreamBlock.ends(records)) {
      blocks.add(
          new Block(from, StreamBlock.body(records.subList(from, to), hashes.subList(from, to))));
      from = to;
    }
    long bytes = records.stream().mapToLong(r -> r.length).sum();
    return new Prepared(records, StreamHashes.batch(hashes), blocks, bytes);
  }

  private static void check(Command command) {
    int count = command.records().size();
    if (count == 0) {
      throw new Invalid(Invalid.Reason.REQUEST, "an append brings at least one record");
    }
    if (command.expectedNext() < 0) {
      throw new Invalid(Invalid.Reason.ARGUMENT, "an expected number is 1 or more");
    }
    long bytes = command.records().stream().mapToLong(r -> r.length).sum();
    if (count > StreamLimits.MAX_RECORDS || bytes > StreamLimits.MAX_APPEND_BYTES) {
      throw new LimitExceeded(
          LimitExceeded.Reason.TOO_LARGE,
          "an append brings at most "
              + StreamLimits.MAX_RECORDS
              + " records of "
              + StreamLimits.MAX_APPEND_BYTES
              + " bytes together, this one "
              + count
              + " of "
              + bytes,
          Map.of("records", count, "bytes", bytes));
    }
  }
}
