package dev.anvil.objects;

import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Checksums inside records: a count, then codes and values in the order of the codes. */
public final class Checksums {
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
}
