package dev.anvil.storage.xodus;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A lower bound of what is durable: the length of the log at some sync that returned. Written after
 * a sync and never synced itself, so it costs a system call and may be older, never newer, than the
 * truth. The library recovers from damage in the last log file by dropping everything behind it;
 * this bound tells such a loss from the tail that was never synced.
 */
final class SyncedMark implements AutoCloseable {
  private static final String NAME = "SYNCED";
  private static final int BYTES = 12;

  private final RandomAccessFile file;
  private volatile long value;

  SyncedMark(Path folder) throws IOException {
    file = new RandomAccessFile(folder.resolve(NAME).toFile(), "rw");
    value = load();
  }

  /** Bytes of the log that are durable at least. */
  long value() {
    return value;
  }

  void write(long bytes) throws IOException {
    if (bytes == value) {
      return;
    }
    file.seek(0);
    file.write(ByteBuffer.allocate(BYTES).putLong(bytes).putInt(check(bytes)).array());
    value = bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private long load() throws IOException {
    if (file.length() < BYTES) {
      return 0;
    }
    byte[] bytes = new byte[BYTES];
    file.seek(0);
    file.readFully(bytes);
    ByteBuffer b = ByteBuffer.wrap(bytes);
    long found = b.getLong();
    // a mark that fails its check bounds nothing, and is no reason to refuse the data
    return b.getInt() == check(found) ? found : 0;
  }

  private static int check(long bytes) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes).flip());
    return (int) crc.getValue();
  }
}
