package dev.anvil.waist;

import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WriteSet.Mutation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Puts, and deletes as null values, in unsigned byte order of keys, with their stored size. */
final class Changes {
  private final NavigableMap<byte[], byte[]> map;
  private long bytes;

  Changes() {
    this(new TreeMap<>(Arrays::compareUnsigned));
  }

  private Changes(NavigableMap<byte[], byte[]> map) {
    this.map = map;
  }

  boolean isEmpty() {
    return map.isEmpty();
  }

  /** Whether the key was put or deleted. */
  boolean holds(byte[] key) {
    return !map.isEmpty() && map.containsKey(key);
  }

  byte[] get(byte[] key) {
    return map.get(key);
  }

  void put(byte[] key, byte[] value) {
    int before = map.size();
    byte[] old = map.put(key, value);
    bytes += valueBytes(value);
    bytes += map.size() > before ? key.length : -valueBytes(old);
  }

  /** Bytes of keys and stored values. */
  long bytes() {
    return bytes;
  }

  /** Bytes this would have after taking the others in. */
  long bytesWith(Changes others) {
    long sum = bytes + others.bytes;
    if (!map.isEmpty()) {
      for (byte[] key : others.map.keySet()) {
        if (map.containsKey(key)) {
          sum -= key.length + valueBytes(map.get(key));
        }
      }
    }
    return sum;
  }

  void putAll(Changes others) {
    others.map.forEach(this::put);
  }

  /** The changes laid over a cursor of the range; these must not change while it is used. */
  EntryCursor over(EntryCursor below, KeyRange range, Order order) {
    NavigableMap<byte[], byte[]> part = part(range);
    if (part.isEmpty()) {
      return below;
    }
    var ordered = order == Order.ASCENDING ? part : part.descendingMap();
    return new MergedCursor(below, ordered.entrySet().iterator(), order);
  }

  /** A copy of the range that later puts do not touch. */
  Changes snapshot(KeyRange range) {
    NavigableMap<byte[], byte[]> part = part(range);
    return new Changes(part.isEmpty() ? part : new TreeMap<>(part));
  }

  /** All changes with the check appended to each value. */
  List<Mutation> mutations() {
    List<Mutation> out = new ArrayList<>(map.size() + 1);
    for (Map.Entry<byte[], byte[]> e : map.entrySet()) {
      byte[] v = e.getValue();
      out.add(new Mutation(e.getKey(), v == null ? null : RecordCheck.seal(e.getKey(), v)));
    }
    return out;
  }

  private NavigableMap<byte[], byte[]> part(KeyRange range) {
    if (map.isEmpty()) {
      return map;
    }
    if (range.to() == null) {
      return map.tailMap(range.from(), true);
    }
    return Arrays.compareUnsigned(range.from(), range.to()) >= 0
        ? new TreeMap<>(map.comparator())
        : map.subMap(range.from(), true, range.to(), false);
  }

  private static int valueBytes(byte[] value) {
    return value == null ? 0 : value.length + RecordCheck.BYTES;
  }
}
