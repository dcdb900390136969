package dev.anvil.bench.bulk;

import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * A body of any length that is made while it is sent and checked while it is received, in constant
 * memory.
 *
 * @param seed which body
 * @param length bytes
 */
public record BigBody(long seed, long length) implements Request.Body {
  private static final int BLOCK = 64 << 10;

  @Override
  public void writeTo(OutputStream out) throws IOException {
    byte[] block = new byte[BLOCK];
    for (long at = 0; at < length; at += BLOCK) {
      fill(block, at);
      out.write(block, 0, (int) Math.min(BLOCK, length - at));
    }
  }

  private void fill(byte[] block, long at) {
    ByteBuffer buffer = ByteBuffer.wrap(block);
    long state = (seed * 0x9E3779B97F4A7C15L + at) | 1;
    while (buffer.hasRemaining()) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      buffer.putLong(state);
    }
  }

  /** Takes the bytes of an answer; at the end {@link Check#whole} says whether they were these. */
  public Check check() {
    return new Check();
  }

  /** Compares as bytes come. One thread. */
  public final class Check implements RawHttp.Sink {
    private final byte[] block = new byte[BLOCK];
    private long at;

    private Check() {}

    @Override
    public void accept(byte[] bytes, int offset, int count) throws IOException {
      for (int done = 0; done < count; ) {
        int inBlock = (int) (at % BLOCK);
        if (inBlock == 0) {
          fill(block, at);
        }
        int n = Math.min(count - done, BLOCK - inBlock);
        int wrong =
            java.util.Arrays.mismatch(
                block, inBlock, inBlock + n, bytes, offset + done, offset + done + n);
        if (wrong >= 0) {
          throw new IOException("body " + seed + " has a wrong byte at " + (at + wrong));
        }
        at += n;
        done += n;
      }
    }

    /** Whether exactly the whole body came. */
    public boolean whole() {
      return at == length;
    }
  }
}
