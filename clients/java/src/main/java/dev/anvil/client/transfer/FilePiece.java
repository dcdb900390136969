package dev.anvil.client.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes of a file from an offset on, so many of them and no more. */
final class FilePiece extends InputStream {
  private final FileChannel channel;
  private long at;
  private long left;

  FilePiece(Path file, long offset, long length) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    at = offset;
    left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int n = channel.read(ByteBuffer.wrap(into, offset, (int) Math.min(length, left)), at);
    if (n < 0) {
      throw new IOException("the file became shorter while it was read");
    }
    at += n;
    left -= n;
    return n;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
