package dev.anvil.waist;

import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.zip.CRC32C;

/**
 * An export stream made of records in the order of their keys, so that what was kept elsewhere can
 * be imported. Memory: one frame; one thread.
 */
public final class EntriesAsExport extends InputStream {
  private final MessageDigest sha256 = ExportFormat.sha256();
  private final Iterator<Entry> entries;
  private byte[] ready;
  private int at;
  private long count;
  private boolean ended;

  /** Of a partition in that state; the values are without their checks. */
  public EntriesAsExport(PartitionId id, PartitionHead head, Iterator<Entry> entries)
      throws IOException {
    this.entries = entries;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(ExportFormat.MAGIC);
    out.writeShort(ExportFormat.VERSION);
    out.writeShort(id.number());
    out.writeLong(head.revision());
    out.writeLong(head.chain());
    ready = hashed(bytes.toByteArray());
  }

  private byte[] hashed(byte[] bytes) {
    sha256.update(bytes);
    return bytes;
  }

  private boolean fill() throws IOException {
    while (at == ready.length) {
      if (ended) {
        return false;
      }
      at = 0;
      ready = entries.hasNext() ? frame() : trailer();
    }
    return true;
  }

  private byte[] frame() throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(payload);
    while (payload.size() < ExportFormat.FRAME_CLOSE_BYTES && entries.hasNext()) {
      Entry e = entries.next();
      byte[] stored = RecordCheck.seal(e.key(), e.value());
      out.writeInt(e.key().length);
      out.write(e.key());
      out.writeInt(stored.length);
      out.write(stored);
      count++;
    }
    byte[] content = payload.toByteArray();
    CRC32C crc = new CRC32C();
    crc.update(content, 0, content.length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length + 8);
    DataOutputStream frame = new DataOutputStream(bytes);
    frame.writeInt(content.length);
    frame.write(content);
    frame.writeInt((int) crc.getValue());
    return hashed(bytes.toByteArray());
  }

  private byte[] trailer() throws IOException {
    ended = true;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0);
    out.writeLong(count);
    hashed(bytes.toByteArray());
    out.write(sha256.digest());
    return bytes.toByteArray();
  }

  @Override
  public int read() throws IOException {
    return fill() ? ready[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, ready.length - at);
    System.arraycopy(ready, at, into, offset, n);
    at += n;
    return n;
  }
}
