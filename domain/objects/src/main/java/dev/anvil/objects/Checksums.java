package dev.anvil.objects;

import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Checksums inside records: a count, then codes and values in the order of the codes. */
public final class Checksums {
  /** Sets of one, which most records need. */
  private static final Map<DigestAlgorithm, Set<DigestAlgorithm>> ALONE = alone();

  private Checksums() {}

  /** Appends them. */
  public static void write(RecordWriter w, Map<DigestAlgorithm, byte[]> checksums) {
    w.varint(checksums.size());
    new TreeMap<>(checksums).forEach((a, value) -> w.u8(a.code()).blob(value));
  }

  /** The reverse of {@link #write}. */
  public static Map<DigestAlgorithm, byte[]> read(RecordReader r) {
    Map<DigestAlgorithm, byte[]> checksums = new EnumMap<>(DigestAlgorithm.class);
    int n = r.count(DigestAlgorithm.values().length);
    for (int i = 0; i < n; i++) {
      checksums.put(DigestAlgorithm.ofCode(r.u8()), BucketCodec.required(r.blob(), "checksum"));
    }
    return Collections.unmodifiableMap(checksums);
  }

  /** Whose values {@link #write} appended; the values are passed over. */
  static Set<DigestAlgorithm> readNames(RecordReader r) {
    int n = r.count(DigestAlgorithm.values().length);
    if (n == 0) {
      return Set.of();
    }
    DigestAlgorithm first = readName(r);
    if (n == 1) {
      return ALONE.get(first);
    }
    Set<DigestAlgorithm> all = EnumSet.of(first);
    for (int i = 1; i < n; i++) {
      all.add(readName(r));
    }
    return Collections.unmodifiableSet(all);
  }

  private static DigestAlgorithm readName(RecordReader r) {
    DigestAlgorithm name = DigestAlgorithm.ofCode(r.u8());
    r.skip();
    return name;
  }

  private static Map<DigestAlgorithm, Set<DigestAlgorithm>> alone() {
    Map<DigestAlgorithm, Set<DigestAlgorithm>> sets = new EnumMap<>(DigestAlgorithm.class);
    for (DigestAlgorithm a : DigestAlgorithm.values()) {
      sets.put(a, Set.of(a));
    }
    return sets;
  }
}
