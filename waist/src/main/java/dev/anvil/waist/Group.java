package dev.anvil.waist;

import dev.anvil.ports.storage.WaistLimits;
import dev.anvil.ports.storage.WriteSet;
import dev.anvil.ports.storage.WriteSet.Mutation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The functions of one write set, run one after another, and what they change together. */
final class Group {
  /** Bytes kept free for the stamp and the heads and keys of the journal blocks. */
  private static final int RESERVED_BYTES = 4 << 10;

  /** Bytes that functions may write in one set. */
  static final int MAX_BYTES = WaistLimits.MAX_WRITE_SET_BYTES - RESERVED_BYTES;

  /** Greatest length prefix of an entry in its block. */
  private static final int ENTRY_HEAD_BYTES = 3;

  private final Stamp before;
  private final Instant committedAt;
  private final Changes changes = new Changes();
  private final List<byte[]> entries = new ArrayList<>();
  private final List<Runnable> hooks = new ArrayList<>();
  private final List<Pending<?>> members = new ArrayList<>();
  private long entryBytes;
  private long oldest;

  Group(Stamp before, Instant now) {
    this.before = before;
    this.oldest = before.oldest();
    Instant millis = Instant.ofEpochMilli(now.toEpochMilli());
    this.committedAt = millis.isBefore(before.committedAt()) ? before.committedAt() : millis;
  }

  /**
   * Runs the function and takes in what it did.
   *
   * @return false if the set would be overfull with it: nothing was taken, it runs again in the
   *     next group
   */
  boolean admit(Pending<?> p, VerifiedReader base) {
    FunctionTx tx = new FunctionTx(this, base, p.bounds().reads());
    try {
      p.run(tx);
    } finally {
      tx.end();
    }
    if (!p.failed()) {
      if (changes.bytesWith(tx.own()) + entryBytes + tx.entryBytesSum() > MAX_BYTES) {
        return false;
      }
      changes.putAll(tx.own());
      entries.addAll(tx.entries());
      entryBytes += tx.entryBytesSum();
      hooks.addAll(tx.hooks());
      oldest = tx.oldest();
    }
    members.add(p);
    return true;
  }

  /** Whether the next function goes to the next group. */
  boolean closed() {
    return members.size() >= WaistLimits.MAX_GROUP_FUNCTIONS
        || changes.bytes() + entryBytes >= WaistLimits.GROUP_CLOSE_BYTES;
  }

  boolean changesNothing() {
    return changes.isEmpty() && entries.isEmpty();
  }

  /** The stamp and the write set with it in front; to be called once. */
  Sealed seal(ChainHash hash, boolean capture) {
    putBlocks();
    List<Mutation> mutations = changes.mutations();
    List<Mutation> chained = CaptureCodec.withoutCaptured(mutations);
    Stamp stamp =
        new Stamp(
            before.partition(),
            revision(),
            hash.next(before.chain(), chained),
            cursor(),
            oldest,
            committedAt);
    Mutation stamped = new Mutation(Stamp.KEY, RecordCheck.seal(Stamp.KEY, stamp.encode()));
    if (capture) {
      CaptureCodec.addTo(mutations, stamp.revision(), stamped, chained);
    }
    mutations.addFirst(stamped);
    return new Sealed(stamp, new WriteSet(mutations));
  }

  /** What goes to the engine. */
  record Sealed(Stamp stamp, WriteSet set) {}

  private void putBlocks() {
    long first = firstCursor();
    int from = 0;
    long size = 0;
    for (int i = 0; i < entries.size(); i++) {
      size += entryBytes(entries.get(i));
      if (size >= JournalCodec.BLOCK_CLOSE_BYTES || i == entries.size() - 1) {
        List<byte[]> block = entries.subList(from, i + 1);
        changes.put(
            JournalCodec.blockKey(first + from),
            JournalCodec.encodeBlock(revision(), committedAt, block));
        from = i + 1;
        size = 0;
      }
    }
  }

  static long entryBytes(byte[] entry) {
    return entry.length + ENTRY_HEAD_BYTES;
  }

  Changes changes() {
    return changes;
  }

  List<Pending<?>> members() {
    return members;
  }

  List<Runnable> hooks() {
    return hooks;
  }

  /** Revision of the write set being built. */
  long revision() {
    return before.revision() + 1;
  }

  /** Cursor of the first entry of the set. */
  long firstCursor() {
    return before.cursor() + 1;
  }

  long cursor() {
    return before.cursor() + entries.size();
  }

  long oldest() {
    return oldest;
  }

  Instant committedAt() {
    return committedAt;
  }
}
