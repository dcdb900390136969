package dev.anvil.objects.notify;

import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;

/**
 * Keys of notifications. In the directory 01 + name: a target. In every partition 02: the place in
 * the journal; 03: how many wait and how many were given up; 04 + due + cursor + rule: a message
 * that waits; 05 + cursor + rule: one that was given up.
 */
final class NotifyRecords {
  private static final int TARGET = 1;
  private static final int CURSOR = 2;
  private static final int COUNTS = 3;
  private static final int WAITING = 4;
  private static final int DEAD = 5;
  private static final int FORMAT = 1;

  private NotifyRecords() {}

  private static KeyWriter key(int kind) {
    return new KeyWriter(KeySpace.NOTIFICATIONS).u8(kind);
  }

  static byte[] target(String name) {
    return key(TARGET).rest(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII)).toBytes();
  }

  static byte[] targets() {
    return key(TARGET).toBytes();
  }

  static byte[] waiting(long dueMillis, long cursor, int rule) {
    return key(WAITING).u64(Math.max(0, dueMillis)).u64(cursor).u32(rule).toBytes();
  }

  static byte[] waiting() {
    return key(WAITING).toBytes();
  }

  static long due(byte[] waiting) {
    KeyReader r = new KeyReader(waiting, KeySpace.NOTIFICATIONS);
    r.u8();
    return r.u64();
  }

  static byte[] dead(long cursor, int rule) {
    return key(DEAD).u64(cursor).u32(rule).toBytes();
  }

  static byte[] dead() {
    return key(DEAD).toBytes();
  }

  static long cursor(ReadTx tx) {
    byte[] value = tx.get(key(CURSOR).toBytes());
    return value == null ? -1 : new RecordReader(value, "place of notifications", FORMAT).varint();
  }

  static void cursor(WriteTx tx, long cursor) {
    tx.put(key(CURSOR).toBytes(), new RecordWriter(FORMAT).varint(cursor).toBytes());
  }

  /** How many messages wait, and how many were given up. */
  record Counts(long waiting, long dead) {
    Counts plus(long more, long moreDead) {
      return new Counts(Math.max(0, waiting + more), Math.max(0, dead + moreDead));
    }
  }

  static Counts counts(ReadTx tx) {
    byte[] value = tx.get(key(COUNTS).toBytes());
    if (value == null) {
      return new Counts(0, 0);
    }
    RecordReader r = new RecordReader(value, "counts of notifications", FORMAT);
    return new Counts(r.varint(), r.varint());
  }

  static void counts(WriteTx tx, Counts counts) {
    tx.put(
        key(COUNTS).toBytes(),
        new RecordWriter(FORMAT).varint(counts.waiting()).varint(counts.dead()).toBytes());
  }
}
