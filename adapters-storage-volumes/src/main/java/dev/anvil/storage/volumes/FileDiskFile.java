package dev.anvil.storage.volumes;

import dev.anvil.ports.storage.DiskFile;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A channel that an interrupt cannot close. The JDK closes a file channel under every thread that
 * uses it when one of them is interrupted; one cancelled request would end all uploads.
 */
final class FileDiskFile implements DiskFile {
  private static final Method UNINTERRUPTIBLE = uninterruptible();

  private final FileChannel channel;

  FileDiskFile(FileChannel channel) throws IOException {
    this.channel = channel;
    try {
      UNINTERRUPTIBLE.invoke(channel);
    } catch (ReflectiveOperationException e) {
      channel.close();
      throw new IOException("cannot make a file channel uninterruptible", e);
    }
  }

  private static Method uninterruptible() {
    try {
      Class<?> type = Class.forName("sun.nio.ch.FileChannelImpl");
      Method method = type.getMethod("setUninterruptible");
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "files need --add-opens java.base/sun.nio.ch=ALL-UNNAMED (the server jar's manifest has"
              + " it)",
          e);
    }
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return channel.read(into, position);
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    long at = position;
    while (from.hasRemaining()) {
      at += channel.write(from, at);
    }
  }

  @Override
  public void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public void notSoon(long position, long length) {
    PageCache.notSoon(channel, position, length);
  }

  /** With all metadata: what a folder needs. */
  void syncAll() throws IOException {
    channel.force(true);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void truncate(long length) throws IOException {
    channel.truncate(length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
