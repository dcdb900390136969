package dev.anvil.waist;

import dev.anvil.ports.storage.WriteSet.Mutation;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The running hash over all write sets: the first 8 bytes of SHA-256 over the hash before and the
 * set's mutations in order, each as u32 key length, key, and u32 value length and value, or
 * FFFFFFFF for a delete. One thread.
 */
final class ChainHash {
  private static final int DELETE = -1;

  private final MessageDigest sha256;
  private final ByteBuffer word = ByteBuffer.allocate(8);

  ChainHash() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  long next(long before, List<Mutation> mutations) {
    sha256.reset();
    sha256.update(word.clear().putLong(before).flip());
    for (Mutation m : mutations) {
      length(m.key().length);
      sha256.update(m.key());
      length(m.isDelete() ? DELETE : m.value().length);
      if (!m.isDelete()) {
        sha256.update(m.value());
      }
    }
    return ByteBuffer.wrap(sha256.digest()).getLong();
  }

  private void length(int n) {
    sha256.update(word.clear().putInt(n).flip());
  }
}
