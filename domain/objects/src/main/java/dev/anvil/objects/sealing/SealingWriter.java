package dev.anvil.objects.sealing;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.bodies.BodyWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts a body on its way into the store; holds one block. */
public final class SealingWriter implements BodyWriter {
  private final BodyWriter store;
  private final SecretKeySpec key;
  private final byte[] block = new byte[SealedBlocks.BLOCK];
  private int filled;
  private long number;

  /** Into a body that was just begun. */
  public SealingWriter(BodyWriter store, DataKey key) {
    this.store = store;
    this.key = key.bodyKey(store.id().bytes());
  }

  /** Encrypts, or not where there is no key. */
  public static BodyWriter of(BodyWriter store, DataKey key) {
    return key == null ? store : new SealingWriter(store, key);
  }

  @Override
  public BodyId id() {
    return store.id();
  }

  @Override
  public void write(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (filled == block.length) {
        flush(false);
      }
      int n = Math.min(bytes.remaining(), block.length - filled);
      bytes.get(block, filled, n);
      filled += n;
    }
  }

  private void flush(boolean last) {
    store.write(ByteBuffer.wrap(SealedBlocks.seal(key, number++, last, block, filled)));
    filled = 0;
  }

  @Override
  public void finish() {
    end();
    store.finish();
  }

  @Override
  public BodyReceipt seal() {
    end();
    return store.seal();
  }

  private void end() {
    if (filled > 0) {
      flush(true);
    }
    Arrays.fill(block, (byte) 0);
  }

  @Override
  public void close() {
    Arrays.fill(block, (byte) 0);
    store.close();
  }
}
