package dev.anvil.waist;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/**
 * Writes every key of an engine at one snapshot, in order, as a stream that says at its end how
 * much it was and what its hash is. Memory: one frame. For an engine that no partition writes to,
 * since the snapshot is held as long as the stream takes.
 */
public final class PartitionExport {
  /**
   * What was written.
   *
   * @param head state of the partition that the stream holds
   * @param entries keys
   * @param bytes of the stream
   */
  public record Summary(PartitionHead head, long entries, long bytes) {}

  private final DataOutputStream out;
  private final MessageDigest sha256 = ExportFormat.sha256();
  private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
  private final DataOutputStream frameOut = new DataOutputStream(frame);
  private long bytes;
  private long entries;

  private PartitionExport(OutputStream to) {
    this.out = new DataOutputStream(new DigestOutputStream(to, sha256));
  }

  /**
   * Exports; the stream is flushed and stays open.
   *
   * @throws dev.anvil.ports.failure.Corrupt if a stored value fails its check or the engine is not
   *     a whole partition
   * @throws IOException if the stream fails
   */
  public static Summary write(PartitionId id, Engine engine, OutputStream to) throws IOException {
    Stamp stamp = Recovery.check(id, engine, null);
    PartitionExport export = new PartitionExport(to);
    export.header(stamp);
    try (EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader();
        EntryCursor c = r.scan(KeyRange.ALL, Order.ASCENDING)) {
      while (c.next()) {
        export.entry(c.key(), c.value());
      }
    }
    export.end();
    return new Summary(stamp.head(), export.entries, export.bytes);
  }

  private void header(Stamp stamp) throws IOException {
    out.writeLong(ExportFormat.MAGIC);
    out.writeShort(ExportFormat.VERSION);
    out.writeShort(stamp.partition().number());
    out.writeLong(stamp.revision());
    out.writeLong(stamp.chain());
    bytes += 28;
  }

  private void entry(byte[] key, byte[] stored) throws IOException {
    RecordCheck.open(key, stored);
    frameOut.writeInt(key.length);
    frameOut.write(key);
    frameOut.writeInt(stored.length);
    frameOut.write(stored);
    entries++;
    if (frame.size() >= ExportFormat.FRAME_CLOSE_BYTES) {
      frame();
    }
  }

  private void frame() throws IOException {
    if (frame.size() > 0) {
      byte[] payload = frame.toByteArray();
      CRC32C crc = new CRC32C();
      crc.update(payload, 0, payload.length);
      out.writeInt(payload.length);
      out.write(payload);
      out.writeInt((int) crc.getValue());
      bytes += payload.length + 8L;
      frame.reset();
    }
  }

  private void end() throws IOException {
    frame();
    out.writeInt(0);
    out.writeLong(entries);
    out.write(sha256.digest());
    bytes += 44;
    out.flush();
  }
}
