package dev.anvil.waist;

import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WaistLimits;
import dev.anvil.ports.storage.WriteTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One function's view of its group: its own changes over the group's over the snapshot. Nothing of
 * it reaches the group unless the group takes it in, so a function that throws leaves no trace.
 */
final class FunctionTx implements WriteTx {
  private final Group group;
  private final VerifiedReader base;
  private final int maxReads;
  private final Changes own = new Changes();
  private final List<byte[]> entries = new ArrayList<>(2);
  private final List<Runnable> hooks = new ArrayList<>(1);
  private long entryBytes;
  private long oldest;
  private int reads;
  private boolean ended;
  private RuntimeException broken;

  FunctionTx(Group group, VerifiedReader base, int maxReads) {
    this.group = group;
    this.base = base;
    this.maxReads = maxReads;
    this.oldest = group.oldest();
  }

  @Override
  public byte[] get(byte[] key) {
    countRead();
    if (own.holds(key)) {
      return own.get(key);
    }
    return group.changes().holds(key) ? group.changes().get(key) : base.get(key);
  }

  @Override
  public <T> T remembered(byte[] key, Function<byte[], T> decode) {
    if (own.holds(key) || group.changes().holds(key)) {
      return decode.apply(get(key));
    }
    countRead();
    return base.remembered(key, decode);
  }

  @Override
  public EntryCursor scan(KeyRange range, Order order) {
    check();
    EntryCursor below = group.changes().over(base.scan(range, order), range, order);
    return new Counted(own.snapshot(range).over(below, range, order));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    checkKey(key);
    if (value.length > WaistLimits.MAX_VALUE_BYTES) {
      throw broken(tooLarge("a value", value.length, WaistLimits.MAX_VALUE_BYTES));
    }
    own.put(key, value);
    checkSize();
  }

  @Override
  public void delete(byte[] key) {
    checkKey(key);
    own.put(key, null);
    checkSize();
  }

  @Override
  public long append(JournalDraft draft) {
    check();
    byte[] entry = JournalCodec.encodeEntry(draft, entries.size());
    if (entry.length > JournalCodec.MAX_ENTRY_BYTES) {
      throw broken(tooLarge("a journal entry", entry.length, JournalCodec.MAX_ENTRY_BYTES));
    }
    entries.add(entry);
    entryBytes += Group.entryBytes(entry);
    checkSize();
    return group.cursor() + entries.size();
  }

  @Override
  public long nextCursor() {
    return group.cursor() + entries.size() + 1;
  }

  @Override
  public long firstCursor() {
    return group.firstCursor();
  }

  @Override
  public Instant committedAt() {
    return group.committedAt();
  }

  @Override
  public void onDurable(Runnable action) {
    check();
    hooks.add(action);
  }

  @Override
  public long revision() {
    return group.revision();
  }

  @Override
  public long cursor() {
    return group.cursor() + entries.size();
  }

  /** Drops a journal block whose successor's first cursor is given; for trimming alone. */
  void dropBlock(byte[] blockKey, long next) {
    check();
    own.put(blockKey, null);
    oldest = next;
  }

  void end() {
    ended = true;
    base.closeCursors();
  }

  /** Why the outcome is a failure although the function may have caught it; null if not. */
  RuntimeException broken() {
    return broken;
  }

  long commitId() {
    return entries.isEmpty() ? 0 : group.cursor() + 1;
  }

  Changes own() {
    return own;
  }

  List<byte[]> entries() {
    return entries;
  }

  long entryBytesSum() {
    return entryBytes;
  }

  List<Runnable> hooks() {
    return hooks;
  }

  long oldest() {
    return oldest;
  }

  private void countRead() {
    check();
    if (++reads > maxReads) {
      throw broken(
          new IllegalStateException(
              "a write function reads more than the " + maxReads + " records it announced"));
    }
  }

  private void check() {
    if (ended) {
      throw new IllegalStateException("the transaction ended with its function");
    }
  }

  private void checkKey(byte[] key) {
    check();
    if (key.length > WaistLimits.MAX_KEY_BYTES) {
      throw broken(tooLarge("a key", key.length, WaistLimits.MAX_KEY_BYTES));
    }
    if (key.length == 0
        || key[0] == KeySpace.WAIST.prefix()
        || key[0] == KeySpace.JOURNAL.prefix()) {
      throw broken(
          new IllegalArgumentException("a function writes no key that is empty or the waist's"));
    }
  }

  private void checkSize() {
    long bytes = own.bytes() + entryBytes;
    if (bytes > Group.MAX_BYTES) {
      throw broken(tooLarge("a write", bytes, Group.MAX_BYTES));
    }
  }

  /** Remembered, so that the function cannot go on as if nothing were. */
  private RuntimeException broken(RuntimeException why) {
    broken = broken == null ? why : broken;
    return broken;
  }

  private static LimitExceeded tooLarge(String what, long bytes, long max) {
    return new LimitExceeded(
        LimitExceeded.Reason.TOO_LARGE,
        what + " of " + bytes + " bytes passes the limit of " + max + " of one commit",
        Map.of("bytes", bytes, "maxBytes", max));
  }

  private final class Counted implements EntryCursor {
    private final EntryCursor below;

    Counted(EntryCursor below) {
      this.below = below;
    }

    @Override
    public boolean next() {
      check();
      if (!below.next()) {
        return false;
      }
      countRead();
      return true;
    }

    @Override
    public byte[] key() {
      return below.key();
    }

    @Override
    public byte[] value() {
      check();
      return below.value();
    }

    @Override
    public void close() {
      if (!ended) {
        below.close();
      }
    }
  }
}
