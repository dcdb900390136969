package dev.anvil.objects.sealing;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.failure.Corrupt;
import java.nio.ByteBuffer;
import javax.crypto.spec.SecretKeySpec;

/** Decrypts a range of a stored body: only the blocks that the range touches are read. */
public final class OpeningReader implements BodyReader {
  private final BodyReader store;
  private final SecretKeySpec key;
  private final long lastBlock;
  private final long plainLength;
  private final byte[] sealed = new byte[SealedBlocks.SEALED_BLOCK];
  private ByteBuffer waiting = ByteBuffer.allocate(0);
  private long block;
  private int skip;
  private long left;

  private OpeningReader(
      BodyReader store, SecretKeySpec key, long plainLength, long offset, long length) {
    this.store = store;
    this.key = key;
    this.plainLength = plainLength;
    this.lastBlock = (plainLength - 1) / SealedBlocks.BLOCK;
    this.block = offset / SealedBlocks.BLOCK;
    this.skip = (int) (offset % SealedBlocks.BLOCK);
    this.left = length;
  }

  /**
   * Opens a range.
   *
   * @param plainLength plain bytes of the whole body
   * @param offset plain bytes before the range
   * @param length plain bytes of it, at least 1
   * @throws IllegalArgumentException if the range is not inside the body
   */
  public static BodyReader open(
      BodyStore bodies, BodyId body, DataKey key, long plainLength, long offset, long length) {
    long first = offset / SealedBlocks.BLOCK;
    long last = (offset + length - 1) / SealedBlocks.BLOCK;
    long from = first * SealedBlocks.SEALED_BLOCK;
    long to = Math.min((last + 1) * SealedBlocks.SEALED_BLOCK, SealedBlocks.length(plainLength));
    BodyReader store = bodies.open(body, from, to - from);
    return new OpeningReader(store, key.bodyKey(body.bytes()), plainLength, offset, length);
  }

  @Override
  public ByteBuffer next() {
    if (left == 0) {
      return null;
    }
    boolean last = block == lastBlock;
    int plain = last ? (int) (plainLength - lastBlock * SealedBlocks.BLOCK) : SealedBlocks.BLOCK;
    int length = plain + Aes.TAG_BYTES;
    fill(length);
    byte[] opened = SealedBlocks.open(key, block++, last, sealed, 0, length);
    int n = (int) Math.min(left, opened.length - skip);
    ByteBuffer out = ByteBuffer.wrap(opened, skip, n).slice().asReadOnlyBuffer();
    skip = 0;
    left -= n;
    return out;
  }

  private void fill(int length) {
    int filled = 0;
    while (filled < length) {
      if (!waiting.hasRemaining()) {
        waiting = store.next();
        if (waiting == null) {
          waiting = ByteBuffer.allocate(0);
          throw new Corrupt("an encrypted body ends early, in block " + block);
        }
      }
      int n = Math.min(length - filled, waiting.remaining());
      waiting.get(sealed, filled, n);
      filled += n;
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
