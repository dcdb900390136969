package dev.anvil.storage.volumes;

import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk that runs a hook before each sync of a file, and counts the syncs. */
record PacedDisk(Disk below, Runnable beforeSync, AtomicInteger syncs) implements Disk {
  @Override
  public DiskFile open(String path) throws IOException {
    DiskFile file = below.open(path);
    return new DiskFile() {
      @Override
      public int read(ByteBuffer into, long position) throws IOException {
        return file.read(into, position);
      }

      @Override
      public void write(ByteBuffer from, long position) throws IOException {
        file.write(from, position);
      }

      @Override
      public void sync() throws IOException {
        beforeSync.run();
        file.sync();
        syncs.incrementAndGet();
      }

      @Override
      public long size() throws IOException {
        return file.size();
      }

      @Override
      public void truncate(long length) throws IOException {
        file.truncate(length);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  @Override
  public DiskFile openRead(String path) throws IOException {
    return below.openRead(path);
  }

  @Override
  public boolean exists(String path) throws IOException {
    return below.exists(path);
  }

  @Override
  public List<String> list(String folder) throws IOException {
    return below.list(folder);
  }

  @Override
  public void createFolder(String folder) throws IOException {
    below.createFolder(folder);
  }

  @Override
  public void delete(String path) throws IOException {
    below.delete(path);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    below.rename(from, to);
  }

  @Override
  public void syncFolder(String folder) throws IOException {
    below.syncFolder(folder);
  }

  @Override
  public AutoCloseable tryLock(String path) throws IOException {
    return below.tryLock(path);
  }

  @Override
  public long freeBytes() throws IOException {
    return below.freeBytes();
  }
}
