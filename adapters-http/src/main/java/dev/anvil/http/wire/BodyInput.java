package dev.anvil.http.wire;

import dev.anvil.ports.failure.LimitExceeded;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The request body, paced and bounded. The first read asks the peer for it ({@code 100 Continue}),
 * so nothing is read before the request is accepted.
 */
final class BodyInput extends InputStream {
  private final InputStream in;
  private final Pace pace;
  private long limit = Long.MAX_VALUE;
  private long read;

  BodyInput(InputStream in, Pace pace) {
    this.in = in;
    this.pace = pace;
  }

  /** From now on at most so many bytes in all; one more is TooLarge. */
  BodyInput limitedTo(long bytes) {
    limit = bytes;
    return this;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = -1;
    pace.begin();
    try {
      count = in.read(into, offset, length);
    } finally {
      pace.end(count);
    }
    if (count > 0) {
      read += count;
      if (read > limit) {
        throw tooLarge(limit);
      }
    }
    return count;
  }

  /** The refusal of a body that is over its bound. */
  static LimitExceeded tooLarge(long limit) {
    return new LimitExceeded(
        LimitExceeded.Reason.TOO_LARGE,
        "The body is larger than the " + limit + " bytes this operation takes; send less.",
        Map.of("limit", limit));
  }
}
