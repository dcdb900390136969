package dev.anvil.s3.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Computes a checksum of what is read through it. */
final class HashedInput extends FilterInputStream {
  private final S3Checksum.Running running;

  HashedInput(InputStream in, S3Checksum.Running running) {
    super(in);
    this.running = running;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = in.read(into, offset, length);
    if (n > 0) {
      running.update(into, offset, n);
    }
    return n;
  }
}
