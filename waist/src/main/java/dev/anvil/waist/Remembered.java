package dev.anvil.waist;

import dev.anvil.ports.storage.WriteSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What readers of one published state made of a few records that nearly everybody reads. The next
 * state starts with what its write set left alone, so nothing here is ever older than the state it
 * belongs to. Any thread.
 */
final class Remembered {
  /** Records that are remembered; one more and all begin anew. */
  static final int MOST = 256;

  private static final Object NOTHING = new Object();

  /** Never changed; replaced as a whole, and two that do so at once lose one entry. */
  private volatile Map<Key, Object> entries;

  Remembered() {
    this(Map.of());
  }

  private Remembered(Map<Key, Object> entries) {
    this.entries = entries;
  }

  private record Key(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key k && Arrays.equals(bytes, k.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /** What is remembered of the key, else what {@code make} gives, which is remembered. */
  @SuppressWarnings("unchecked")
  <T> T get(byte[] key, Function<byte[], T> make) {
    Key name = new Key(key);
    Object found = entries.get(name);
    if (found == null) {
      T made = make.apply(key);
      found = made == null ? NOTHING : made;
      Map<Key, Object> before = entries;
      Map<Key, Object> more = new HashMap<>(before.size() < MOST ? before : Map.of());
      more.put(new Key(key.clone()), found);
      entries = more;
    }
    return found == NOTHING ? null : (T) found;
  }

  /** For the state that these changes make of this one. */
  Remembered after(List<WriteSet.Mutation> changes) {
    Map<Key, Object> before = entries;
    if (before.isEmpty()) {
      return new Remembered();
    }
    Map<Key, Object> left = before;
    for (WriteSet.Mutation change : changes) {
      Key name = new Key(change.key());
      if (left.containsKey(name)) {
        left = left == before ? new HashMap<>(before) : left;
        left.remove(name);
      }
    }
    return new Remembered(left);
  }
}
