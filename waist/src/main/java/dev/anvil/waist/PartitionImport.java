package dev.anvil.waist;

import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.WriteSet;
import dev.anvil.ports.storage.WriteSet.Mutation;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Fills an empty engine from an export stream, a commit a frame. A mark in the engine keeps a
 * partition from being opened before the end of the stream was verified; an import that broke off
 * is run again with the same stream and skips what it has. Memory: two frames.
 */
public final class PartitionImport {
  private static final int MARK_FORMAT = 1;
  private static final int SYNC_FRAMES = 16;

  /**
   * What is there now.
   *
   * @param head of the imported partition
   * @param entries keys of the stream
   * @param skipped keys that an earlier run had imported
   */
  public record Summary(PartitionHead head, long entries, long skipped) {}

  private final PartitionId id;
  private final Engine engine;
  private final MessageDigest sha256 = ExportFormat.sha256();
  private final DataInputStream in;
  private long revision;
  private long chain;
  private byte[] last = new byte[0];
  private long entries;
  private long skipped;

  private PartitionImport(PartitionId id, Engine engine, InputStream from) {
    this.id = id;
    this.engine = engine;
    this.in = new DataInputStream(new DigestInputStream(from, sha256));
  }

  /**
   * Imports.
   *
   * @throws Conflict if the engine holds something that no import of this stream left
   * @throws dev.anvil.ports.failure.Corrupt if the stream is damaged or cut; what came before stays
   *     behind the mark
   * @throws dev.anvil.ports.failure.Unavailable if the engine fails
   * @throws IOException if the stream fails
   */
  public static Summary read(PartitionId id, Engine engine, InputStream from) throws IOException {
    PartitionImport run = new PartitionImport(id, engine, from);
    try {
      run.header();
      run.frames(run.resumeAfter());
      run.trailer();
    } catch (EOFException e) {
      throw ExportFormat.misfit("ends after " + run.entries + " entries, before its trailer");
    }
    return run.finish();
  }

  /**
   * Whether the engine is a whole partition of that state or a later one, from an import that
   * ended.
   */
  public static boolean isThere(PartitionId id, Engine engine, PartitionHead head) {
    try (EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader()) {
      if (r.get(ImportMark.KEY) != null || r.get(Stamp.KEY) == null) {
        return false;
      }
    }
    Stamp stamp = Recovery.check(id, engine, null);
    // beyond it, what was archived later was applied already
    return stamp.revision() > head.revision()
        || stamp.revision() == head.revision() && stamp.chain() == head.chain();
  }

  private void header() throws IOException {
    if (in.readLong() != ExportFormat.MAGIC) {
      throw ExportFormat.misfit("does not start as one");
    }
    int version = in.readUnsignedShort();
    if (version != ExportFormat.VERSION) {
      throw ExportFormat.misfit("has version " + version + ", known is " + ExportFormat.VERSION);
    }
    int partition = in.readUnsignedShort();
    if (partition != id.number()) {
      throw ExportFormat.misfit("is of partition " + partition + ", not " + id);
    }
    revision = in.readLong();
    chain = in.readLong();
  }

  /** Greatest key an earlier run imported; null if this is the first. */
  private byte[] resumeAfter() {
    try (EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader()) {
      byte[] mark = r.get(ImportMark.KEY);
      if (mark != null) {
        RecordReader m =
            new RecordReader(RecordCheck.open(ImportMark.KEY, mark), "import mark", MARK_FORMAT);
        if (m.i64() != revision || m.i64() != chain) {
          throw foreign("an unfinished import of another stream");
        }
        return m.blob();
      }
      try (EntryCursor any = r.scan(KeyRange.ALL, Order.ASCENDING)) {
        if (any.next()) {
          throw foreign("entries");
        }
      }
      return null;
    }
  }

  private Conflict foreign(String what) {
    return new Conflict(
        Conflict.Reason.ALREADY_EXISTS,
        "the engine of partition " + id + " holds " + what + "; import into an empty folder");
  }

  private void frames(byte[] resumeAfter) throws IOException {
    int unsynced = 0;
    for (int length = in.readInt(); length != 0; length = in.readInt()) {
      if (length < 0 || length > ExportFormat.MAX_FRAME_BYTES) {
        throw ExportFormat.misfit("holds a frame of " + length + " bytes");
      }
      byte[] payload = new byte[length];
      in.readFully(payload);
      CRC32C crc = new CRC32C();
      crc.update(payload, 0, length);
      if (in.readInt() != (int) crc.getValue()) {
        throw ExportFormat.misfit("holds a frame that fails its check after entry " + entries);
      }
      importFrame(payload, resumeAfter);
      if (++unsynced == SYNC_FRAMES) {
        engine.sync();
        unsynced = 0;
      }
    }
  }

  private void importFrame(byte[] payload, byte[] resumeAfter) {
    List<Mutation> mutations = new ArrayList<>();
    ByteBuffer b = ByteBuffer.wrap(payload);
    while (b.hasRemaining()) {
      byte[] key = bytes(b);
      byte[] stored = bytes(b);
      if (Arrays.compareUnsigned(key, last) <= 0 || Arrays.equals(key, ImportMark.KEY)) {
        throw ExportFormat.misfit("is not in order after entry " + entries);
      }
      RecordCheck.open(key, stored);
      last = key;
      entries++;
      if (resumeAfter != null && Arrays.compareUnsigned(key, resumeAfter) <= 0) {
        skipped++;
      } else {
        mutations.add(new Mutation(key, stored));
      }
    }
    if (!mutations.isEmpty()) {
      byte[] mark = new RecordWriter(MARK_FORMAT).i64(revision).i64(chain).blob(last).toBytes();
      mutations.add(new Mutation(ImportMark.KEY, RecordCheck.seal(ImportMark.KEY, mark)));
      mutations.sort((x, y) -> Arrays.compareUnsigned(x.key(), y.key()));
      engine.commit(new WriteSet(mutations));
    }
  }

  private byte[] bytes(ByteBuffer b) {
    int length = b.remaining() < 4 ? -1 : b.getInt();
    if (length < 0 || length > b.remaining()) {
      throw ExportFormat.misfit("holds a frame whose entries pass its end");
    }
    byte[] v = new byte[length];
    b.get(v);
    return v;
  }

  private void trailer() throws IOException {
    long promised = in.readLong();
    byte[] expected = sha256.digest();
    byte[] hash = in.readNBytes(expected.length);
    if (hash.length < expected.length) {
      throw new EOFException();
    }
    if (promised != entries || !MessageDigest.isEqual(hash, expected)) {
      throw ExportFormat.misfit(
          "fails its check at the end: " + entries + " entries of " + promised);
    }
  }

  /** Takes the mark away and opens what is there as a partition would. */
  private Summary finish() {
    if (entries > 0) {
      engine.commit(new WriteSet(List.of(new Mutation(ImportMark.KEY, null))));
    }
    engine.sync();
    Stamp stamp = Recovery.check(id, engine, null);
    if (stamp.revision() != revision || stamp.chain() != chain) {
      throw ExportFormat.misfit("says revision " + revision + ", its entries another");
    }
    return new Summary(stamp.head(), entries, skipped);
  }
}
