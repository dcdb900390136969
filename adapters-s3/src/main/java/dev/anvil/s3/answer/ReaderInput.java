package dev.anvil.s3.answer;

import dev.anvil.ports.bodies.BodyReader;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Stored bytes as a stream. */
final class ReaderInput extends InputStream {
  private final BodyReader reader;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  ReaderInput(BodyReader reader) {
    this.reader = reader;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    while (!bytes.hasRemaining()) {
      bytes = reader.next();
      if (bytes == null) {
        bytes = ByteBuffer.allocate(0);
        return -1;
      }
    }
    int n = Math.min(length, bytes.remaining());
    bytes.get(into, offset, n);
    return n;
  }
}
