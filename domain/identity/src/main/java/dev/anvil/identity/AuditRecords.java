package dev.anvil.identity;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.KeyRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Keys and encodings of the audit log; docs/formats-identity.md lists them. */
final class AuditRecords {
  static final int HASH_BYTES = 32;

  private static final int ENTRY = 0x08;
  private static final int HEAD = 0x09;
  private static final int VERSION = 1;
  private static final byte[] LABEL = "anvil/audit/1".getBytes(StandardCharsets.US_ASCII);

  private AuditRecords() {}

  /**
   * Where a chain stands.
   *
   * @param oldest place of the oldest entry kept
   * @param newest place of the newest; oldest - 1 if there is none
   * @param anchor hash of the entry before the oldest kept
   * @param hash of the newest
   */
  record Head(long oldest, long newest, byte[] anchor, byte[] hash) {
    static final Head EMPTY = new Head(1, 0, new byte[HASH_BYTES], new byte[HASH_BYTES]);
  }

  static byte[] key(AuditLog log, long sequence) {
    return key(ENTRY).u8(log.code()).u64(sequence).toBytes();
  }

  static KeyRange entries(AuditLog log) {
    return KeyRange.prefix(key(ENTRY).u8(log.code()).toBytes());
  }

  /** Entries with places before this one. */
  static KeyRange before(AuditLog log, long sequence) {
    return new KeyRange(key(ENTRY).u8(log.code()).toBytes(), key(log, sequence));
  }

  /** Entries from this place on. */
  static KeyRange from(AuditLog log, long sequence) {
    return entries(log).startingAt(key(log, sequence));
  }

  static long sequence(byte[] key) {
    KeyReader in = new KeyReader(key, KeySpace.IDENTITY);
    if (in.u8() != ENTRY) {
      throw new Corrupt("a key that is no audit entry's stands among them");
    }
    in.u8();
    return in.u64();
  }

  static byte[] headKey(AuditLog log) {
    return key(HEAD).u8(log.code()).toBytes();
  }

  static byte[] head(Head head) {
    return new RecordWriter(VERSION)
        .varint(head.oldest())
        .varint(head.newest())
        .blob(head.anchor())
        .blob(head.hash())
        .toBytes();
  }

  /** Absent means an empty chain. */
  static Head head(byte[] value) {
    if (value == null) {
      return Head.EMPTY;
    }
    RecordReader in = new RecordReader(value, "audit head", VERSION);
    return new Head(in.varint(), in.varint(), hash(in), hash(in));
  }

  static byte[] entry(AuditEntry.Facts facts, byte[] previous) {
    return new RecordWriter(VERSION)
        .blob(previous)
        .i64(facts.at().toEpochMilli())
        .text(facts.actor())
        .text(facts.requestId())
        .text(facts.kind())
        .text(facts.subject())
        .text(facts.detail())
        .text(facts.reason())
        .varint(facts.count())
        .blob(facts.before())
        .blob(facts.after())
        .toBytes();
  }

  static AuditEntry entry(AuditLog log, long sequence, byte[] value) {
    RecordReader in = new RecordReader(value, "audit entry", VERSION);
    byte[] previous = hash(in);
    AuditEntry.Facts facts =
        new AuditEntry.Facts(
            Instant.ofEpochMilli(in.i64()),
            in.text(),
            in.text(),
            in.text(),
            in.text(),
            in.text(),
            in.text(),
            in.varint(),
            in.blob(),
            in.blob());
    return new AuditEntry(sequence, facts, previous, hash(log, sequence, value));
  }

  /** Hash of an entry: over its chain, its place and all its bytes, the hash before it included. */
  static byte[] hash(AuditLog log, long sequence, byte[] value) {
    ByteBuffer all = ByteBuffer.allocate(LABEL.length + 1 + Long.BYTES + value.length);
    all.put(LABEL).put((byte) log.code()).putLong(sequence).put(value);
    return Credentials.sha256(all.array());
  }

  private static byte[] hash(RecordReader in) {
    byte[] hash = in.blob();
    if (hash == null || hash.length != HASH_BYTES) {
      throw new Corrupt("an audit record lacks a hash of " + HASH_BYTES + " bytes");
    }
    return hash;
  }

  private static KeyWriter key(int kind) {
    return new KeyWriter(KeySpace.IDENTITY).u8(kind);
  }
}
