package dev.anvil.ports.storage;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Positional reads may run at once with one appender. Not harmed by interrupts. */
public interface DiskFile extends AutoCloseable {
  /** Reads into the buffer from the position; returns bytes read, -1 at or past the end. */
  int read(ByteBuffer into, long position) throws IOException;

  /** Writes all remaining bytes of the buffer at the position. */
  void write(ByteBuffer from, long position) throws IOException;

  /** Returns when the content and length are on the disk. A failed sync is never retried. */
  void sync() throws IOException;

  /**
   * A hint that bytes which are on the disk will not be read soon: the system may use the memory
   * that it keeps them in for others. They stay readable; a disk that takes no hints does nothing.
   */
  default void notSoon(long position, long length) {}

  /** Length in bytes. */
  long size() throws IOException;

  /** Cuts the file to the length. */
  void truncate(long length) throws IOException;

  @Override
  void close() throws IOException;
}
