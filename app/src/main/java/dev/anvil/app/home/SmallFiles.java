package dev.anvil.app.home;

import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Whole small files that are replaced atomically: old content or new, never a mixture. */
public final class SmallFiles {
  private static final int MAX_BYTES = 64 << 10;

  private SmallFiles() {}

  /** The whole of a small file. */
  public static String read(Disk disk, String path) throws IOException {
    try (DiskFile file = disk.openRead(path)) {
      long size = file.size();
      if (size > MAX_BYTES) {
        throw new IOException(path + " has " + size + " bytes, at most " + MAX_BYTES + " expected");
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) size);
      long at = 0;
      while (buffer.hasRemaining()) {
        int n = file.read(buffer, at);
        if (n < 0) {
          throw new IOException(path + " ended while it was read");
        }
        at += n;
      }
      return new String(buffer.array(), StandardCharsets.UTF_8);
    }
  }

  /** Puts the content there, durably, whole or not at all. */
  public static void replace(Disk disk, String folder, String name, String content)
      throws IOException {
    String path = folder.isEmpty() ? name : folder + "/" + name;
    String fresh = path + ".new";
    disk.delete(fresh);
    try (DiskFile file = disk.open(fresh)) {
      file.truncate(0);
      file.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)), 0);
      file.sync();
    }
    disk.rename(fresh, path);
    disk.syncFolder(folder);
  }
}
