package dev.anvil.objects.streams;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.ObjectServices;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads records from a number on, waiting at the tail if there are none yet. */
public final class ReadStream {
  /**
   * What to read.
   *
   * @param bucket where
   * @param key name of the stream
   * @param from number of the first record wanted, 1 or more
   * @param limit 1 to {@link StreamLimits#MAX_PAGE_RECORDS}
   * @param patience how long to wait for a first record, at most {@link StreamLimits#MAX_WAIT};
   *     zero answers at once
   * @param again who calls, asked anew after a wait: fails once the credentials are revoked or
   *     expired
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      long from,
      int limit,
      Duration patience,
      Supplier<Call> again) {}

  /**
   * A page.
   *
   * @param stream as it was when the page was read; a sealed stream with {@code next} past its
   *     records is read to the end
   * @param records in order, without gaps, the first numbered {@code from}; fewer than the limit
   *     where {@link StreamLimits#MAX_PAGE_BYTES} or the tail is reached
   * @param next number to go on from
   */
  public record Result(StreamInfo stream, List<StreamRecord> records, long next) {
    /** Copies the list. */
    public Result {
      records = List.copyOf(records);
    }
  }

  private record Seen(Result result, long cursor) {}

  private final BucketWork work;
  private final Ticker ticker;

  /** Works on these services; waits by this ticker. */
  public ReadStream(ObjectServices services, Ticker ticker) {
    this.work = new BucketWork(services);
    this.ticker = ticker;
  }

  /**
   * Needs object:read on the key; after a wait once more, of who calls then.
   *
   * @throws dev.anvil.ports.failure.Unauthenticated if that is nobody any more
   * @throws dev.anvil.ports.failure.NotFound StreamNotFound, also when it is deleted meanwhile
   */
  public Result execute(Call call, Command command) {
    BucketWork.Target target = target(call, command);
    check(command);
    long end = ticker.nanos() + command.patience().toNanos();
    while (true) {
      BucketWork.Target at = target;
      Seen seen = work.read(at, (tx, bucket) -> read(tx, bucket.id(), command));
      boolean settled = !seen.result().records().isEmpty() || seen.result().stream().sealed();
      long left = end - ticker.nanos();
      if (settled || left <= 0 || !awaitPast(target, seen.cursor(), left)) {
        return seen.result();
      }
      // a right may have been taken away meanwhile
      target = target(command.again().get(), command);
    }
  }

  private BucketWork.Target target(Call call, Command command) {
    return work.target(call, Action.OBJECT_READ, command.bucket(), command.key());
  }

  private boolean awaitPast(BucketWork.Target target, long cursor, long nanos) {
    try {
      return work.partition(target).awaitPast(cursor, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Unavailable.notApplied(
          Unavailable.Reason.UNAVAILABLE, "the wait at the tail was interrupted; read again", e);
    }
  }

  private static Seen read(ReadTx tx, long bucket, Command command) {
    byte[] value = tx.get(StreamRecords.head(bucket, command.key()));
    StreamHead head = StreamRecords.require(value, command.key());
    List<StreamRecord> records = new ArrayList<>();
    if (command.from() <= head.records()) {
      collect(tx, head, command, records);
    }
    long next = command.from() + records.size();
    return new Seen(new Result(head.info(command.key()), records, next), tx.cursor());
  }

  private static void collect(
      ReadTx tx, StreamHead head, Command command, List<StreamRecord> records) {
    KeyRange blocks = KeyRange.prefix(StreamRecords.blocks(head.id()));
    long start = firstOfBlockWith(tx, blocks, head.id(), command.from());
    Page page = new Page(command, records);
    try (EntryCursor c =
        tx.scan(blocks.startingAt(StreamRecords.piece(head.id(), start, 0)), Order.ASCENDING)) {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      long first = start;
      while (c.next()) {
        long at = StreamRecords.firstOfPiece(c.key());
        if (at != first) {
          if (!page.take(first, block.toByteArray())) {
            return;
          }
          block.reset();
          first = at;
        }
        block.writeBytes(c.value());
      }
      page.take(first, block.toByteArray());
    }
  }

  private static long firstOfBlockWith(ReadTx tx, KeyRange blocks, long stream, long sequence) {
    KeyRange upTo = new KeyRange(blocks.from(), StreamRecords.piece(stream, sequence + 1, 0));
    try (EntryCursor c = tx.scan(upTo, Order.DESCENDING)) {
      if (!c.next()) {
        throw new Corrupt("a stream has records but no block with number " + sequence);
      }
      return StreamRecords.firstOfPiece(c.key());
    }
  }

  /** Takes blocks until the page is full. */
  private static final class Page {
    private final Command command;
    private final List<StreamRecord> records;
    private long bytes;

    Page(Command command, List<StreamRecord> records) {
      this.command = command;
      this.records = records;
    }

    boolean take(long first, byte[] block) {
      for (StreamRecord record : StreamBlock.records(first, block)) {
        long wanted = command.from() + records.size();
        if (record.sequence() < wanted) {
          continue;
        }
        if (record.sequence() != wanted) {
          throw new Corrupt("a stream lacks record " + wanted);
        }
        bytes += record.data().length;
        if (!records.isEmpty() && bytes > StreamLimits.MAX_PAGE_BYTES) {
          return false;
        }
        records.add(record);
        if (records.size() == command.limit()) {
          return false;
        }
      }
      return true;
    }
  }

  private static void check(Command command) {
    if (command.from() < 1 || command.from() == Long.MAX_VALUE) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "records are numbered from 1, not " + command.from(),
          Map.of("from", command.from()));
    }
    if (command.limit() < 1 || command.limit() > StreamLimits.MAX_PAGE_RECORDS) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "limit " + command.limit() + " is outside 1.." + StreamLimits.MAX_PAGE_RECORDS,
          Map.of("limit", command.limit()));
    }
    Duration patience = command.patience();
    if (patience.isNegative() || patience.compareTo(StreamLimits.MAX_WAIT) > 0) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "a wait has 0 to " + StreamLimits.MAX_WAIT.toSeconds() + " seconds",
          Map.of("seconds", patience.toSeconds()));
    }
  }
}
