package dev.anvil.objects.lock;

import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;
import java.time.Instant;

/** What the clock of locks was when it was last kept, in the directory. */
public final class LockTime {
  private static final int KIND = 5;
  private static final int FORMAT = 1;

  private LockTime() {}

  private static byte[] key() {
    return new KeyWriter(KeySpace.BUCKET_NAMES).u8(KIND).toBytes();
  }

  /** The time that was kept; null in a new deployment. */
  public static Instant left(Partition directory) {
    return directory.read(LockTime::read);
  }

  static Instant read(ReadTx tx) {
    byte[] value = tx.get(key());
    return value == null
        ? null
        : Instant.ofEpochMilli(new RecordReader(value, "clock of locks", FORMAT).i64());
  }

  static void keep(WriteTx tx, Instant time) {
    tx.put(key(), new RecordWriter(FORMAT).i64(time.toEpochMilli()).toBytes());
  }
}
