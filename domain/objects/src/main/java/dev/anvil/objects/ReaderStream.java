package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyReader;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Checked bytes of a body as a stream; the reader is closed by who opened it. */
public final class ReaderStream extends InputStream {
  private final BodyReader reader;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  /** Reads to the reader's end. */
  public ReaderStream(BodyReader reader) {
    this.reader = reader;
  }

  @Override
  public int read() {
    return fill() ? bytes.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, bytes.remaining());
    bytes.get(into, offset, n);
    return n;
  }

  private boolean fill() {
    while (bytes != null && !bytes.hasRemaining()) {
      bytes = reader.next();
    }
    return bytes != null;
  }
}
