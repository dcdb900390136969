package dev.anvil.operations.backup;

import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.Partition;
import java.time.Instant;

/** What a deployment remembers of its backups, in the directory partition. */
public final class BackupRecords {
  private static final int FORMAT = 1;
  private static final byte[] LAST = new KeyWriter(KeySpace.OPERATIONS).u8('b').u8(1).toBytes();
  private static final byte[] SCHEDULE = new KeyWriter(KeySpace.OPERATIONS).u8('b').u8(2).toBytes();

  private final Partition directory;

  /** Over the directory partition. */
  public BackupRecords(Partition directory) {
    this.directory = directory;
  }

  /** The last run that was begun by the schedule or by hand and ended well. */
  public record Last(String id, Instant at) {}

  /** Null before the first. */
  public Last last() {
    byte[] value = directory.read(tx -> tx.get(LAST));
    return value == null ? null : decodeLast(value);
  }

  static Last decodeLast(byte[] value) {
    RecordReader r = new RecordReader(value, "last backup", FORMAT);
    return new Last(r.text(), Instant.ofEpochMilli(r.i64()));
  }

  /** Remembers it; compares the token. */
  void last(String duty, long token, Last last) {
    byte[] value = new RecordWriter(FORMAT).text(last.id()).i64(last.at().toEpochMilli()).toBytes();
    directory.write(tx -> {
      Fences.check(tx, duty, token);
      tx.put(LAST, value);
      return null;
    });
  }

  /** The schedule that was set through the API; null when the setting counts. */
  public String schedule() {
    byte[] value = directory.read(tx -> tx.get(SCHEDULE));
    return value == null ? null : decodeSchedule(value);
  }

  static String decodeSchedule(byte[] value) {
    return new RecordReader(value, "backup schedule", FORMAT).text();
  }

  /** Sets it. */
  void schedule(String text) {
    byte[] value = new RecordWriter(FORMAT).text(text).toBytes();
    directory.write(tx -> {
      tx.put(SCHEDULE, value);
      return null;
    });
  }
}
