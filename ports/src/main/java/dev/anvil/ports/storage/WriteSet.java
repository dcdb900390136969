package dev.anvil.ports.storage;

import java.util.Arrays;
import java.util.List;

/** Puts and deletes of one group, keys strictly ascending in unsigned byte order. */
public record WriteSet(List<Mutation> mutations) {
  /** A put, or with a null value a delete. */
  public record Mutation(byte[] key, byte[] value) {
    /** Whether this removes the key. */
    public boolean isDelete() {
      return value == null;
    }

    /** Bytes of key and value. */
    public int byteSize() {
      return key.length + (value == null ? 0 : value.length);
    }
  }

  /** Copies and checks the order. */
  public WriteSet {
    mutations = List.copyOf(mutations);
    for (int i = 1; i < mutations.size(); i++) {
      if (Arrays.compareUnsigned(mutations.get(i - 1).key(), mutations.get(i).key()) >= 0) {
        throw new IllegalArgumentException("write set keys are not strictly ascending at " + i);
      }
    }
  }

  /** Bytes of all keys and values. */
  public long byteSize() {
    long sum = 0;
    for (Mutation m : mutations) {
      sum += m.byteSize();
    }
    return sum;
  }
}
