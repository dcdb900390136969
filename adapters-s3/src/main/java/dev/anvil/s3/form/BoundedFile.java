package dev.anvil.s3.form;

import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** A file that has at least and at most so many bytes, or ends in a refusal. */
public final class BoundedFile extends FilterInputStream {
  private final PostPolicy policy;
  private long read;

  /** With the bounds of a policy. */
  public BoundedFile(InputStream in, PostPolicy policy) {
    super(in);
    this.policy = policy;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = in.read(into, offset, length);
    if (n < 0 && read < policy.leastBytes()) {
      throw refused(S3Code.EntityTooSmall, "MinSizeAllowed", policy.leastBytes());
    }
    read += Math.max(0, n);
    if (read > policy.mostBytes()) {
      throw refused(S3Code.EntityTooLarge, "MaxSizeAllowed", policy.mostBytes());
    }
    return n;
  }

  private S3Failure refused(S3Code code, String bound, long bytes) {
    return new S3Failure(
        code,
        code.message(),
        Map.of("ProposedSize", Long.toString(read), bound, Long.toString(bytes)));
  }
}
