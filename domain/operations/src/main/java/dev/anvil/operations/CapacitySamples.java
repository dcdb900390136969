package dev.anvil.operations;

import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Use of resources by the hour, for a week, in the directory partition: what growth is told of. */
public final class CapacitySamples {
  /** Time between two samples. */
  public static final Duration EVERY = Duration.ofHours(1);

  /** Samples kept. */
  public static final int KEPT = 168;

  private static final int FORMAT = 1;
  private static final int KIND = 'c';
  private static final int MAX_FAMILIES = 64;
  private static final byte[] PREFIX = new KeyWriter(KeySpace.OPERATIONS).u8(KIND).toBytes();

  private final Partition directory;

  /** Over the directory partition. */
  public CapacitySamples(Partition directory) {
    this.directory = directory;
  }

  /**
   * Use at a time.
   *
   * @param at when
   * @param bytes of each family, in an order the caller keeps
   */
  public record Sample(Instant at, List<Long> bytes) {}

  /** Keeps a sample as the one of its hour, and drops those beyond {@link #KEPT}. */
  public void keep(Sample sample) {
    if (sample.bytes().size() > MAX_FAMILIES) {
      throw new IllegalArgumentException("more than " + MAX_FAMILIES + " families");
    }
    byte[] value = encode(sample);
    byte[] key = key(hour(sample.at()));
    byte[] oldest = key(hour(sample.at()) - KEPT + 1);
    directory.write(tx -> {
      List<byte[]> gone = new ArrayList<>();
      try (EntryCursor c = tx.scan(new KeyRange(PREFIX, oldest), Order.ASCENDING)) {
        while (gone.size() < KEPT && c.next()) {
          gone.add(c.key());
        }
      }
      gone.forEach(tx::delete);
      tx.put(key, value);
      return null;
    });
  }

  /** All samples kept, oldest first. */
  public List<Sample> list() {
    return directory.read(tx -> {
      List<Sample> all = new ArrayList<>();
      try (EntryCursor c = tx.scan(KeyRange.prefix(PREFIX), Order.ASCENDING)) {
        while (all.size() < KEPT && c.next()) {
          all.add(decode(c.value()));
        }
      }
      return all;
    });
  }

  private static long hour(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), EVERY.toSeconds());
  }

  private static byte[] key(long hour) {
    return new KeyWriter(KeySpace.OPERATIONS).u8(KIND).u64(Math.max(0, hour)).toBytes();
  }

  static byte[] encode(Sample sample) {
    RecordWriter w = new RecordWriter(FORMAT).i64(sample.at().toEpochMilli());
    w.varint(sample.bytes().size());
    sample.bytes().forEach(w::i64);
    return w.toBytes();
  }

  static Sample decode(byte[] record) {
    RecordReader r = new RecordReader(record, "capacity sample", FORMAT);
    Instant at = Instant.ofEpochMilli(r.i64());
    int count = r.count(MAX_FAMILIES);
    List<Long> bytes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bytes.add(r.i64());
    }
    return new Sample(at, List.copyOf(bytes));
  }
}
