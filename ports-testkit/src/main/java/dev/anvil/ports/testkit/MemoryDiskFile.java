package dev.anvil.ports.testkit;

import dev.anvil.ports.storage.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;

/** An open file of a {@link MemoryDisk}; dead once the disk crashed. */
final class MemoryDiskFile implements DiskFile {
  private final MemoryDisk disk;
  private final String path;
  private final MemoryInode inode;
  private final int birth;
  private boolean closed;

  MemoryDiskFile(MemoryDisk disk, String path, MemoryInode inode, int birth) {
    this.disk = disk;
    this.path = path;
    this.inode = inode;
    this.birth = birth;
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    synchronized (disk) {
      usable();
      disk.mayRead(path);
      return inode.read(into, position);
    }
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    synchronized (disk) {
      usable();
      byte[] bytes = new byte[from.remaining()];
      from.get(bytes);
      byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
      long more = Math.max(0, position + bytes.length - inode.length());
      disk.change(
          path, more, () -> inode.write(bytes, position), () -> inode.write(half, position));
    }
  }

  @Override
  public void sync() throws IOException {
    synchronized (disk) {
      usable();
      disk.syncFile(path, inode);
    }
  }

  @Override
  public long size() throws IOException {
    synchronized (disk) {
      usable();
      return inode.length();
    }
  }

  @Override
  public void truncate(long length) throws IOException {
    synchronized (disk) {
      usable();
      disk.change(path, 0, () -> inode.truncate(length));
    }
  }

  @Override
  public void close() {
    synchronized (disk) {
      closed = true;
    }
  }

  private void usable() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    disk.aliveSince(birth);
  }
}
