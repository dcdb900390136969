package dev.anvil.objects.streams;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * State of a stream, the value under its name.
 *
 * @param id internal, cursor of its creation: its blocks lie under it
 * @param createdAt time of the creating commit
 * @param contentType of the records, or null
 * @param metadata the creator's names and values
 * @param records appended so far; the next has this number plus one
 * @param bytes of all records
 * @param link of the last append
 * @param changedAt time of the last commit that touched it
 * @param sealHash null while open
 * @param changedCursor cursor of the last commit that touched it
 */
record StreamHead(
    long id,
    Instant createdAt,
    String contentType,
    Map<String, String> metadata,
    long records,
    long bytes,
    byte[] link,
    Instant changedAt,
    byte[] sealHash,
    long changedCursor) {
  private static final int FORMAT = 1;
  private static final int MAX_METADATA = 1_024;

  boolean sealed() {
    return sealHash != null;
  }

  static StreamHead created(
      long cursor, Instant at, String contentType, Map<String, String> metadata) {
    return new StreamHead(
        cursor, at, contentType, metadata, 0, 0, StreamHashes.start(), at, null, cursor);
  }

  StreamHead appended(int count, long more, byte[] newLink, Instant at, long cursor) {
    return new StreamHead(
        id,
        createdAt,
        contentType,
        metadata,
        records + count,
        bytes + more,
        newLink,
        at,
        null,
        cursor);
  }

  StreamHead sealedNow(byte[] hash, Instant at, long cursor) {
    return new StreamHead(
        id, createdAt, contentType, metadata, records, bytes, link, at, hash, cursor);
  }

  StreamInfo info(ObjectKey key) {
    return new StreamInfo(
        key, createdAt, changedAt, contentType, metadata, records, bytes, link, sealHash);
  }

  byte[] toBytes() {
    RecordWriter w =
        new RecordWriter(FORMAT)
            .i64(id)
            .i64(createdAt.toEpochMilli())
            .text(contentType)
            .varint(records)
            .varint(bytes)
            .blob(link)
            .i64(changedAt.toEpochMilli())
            .blob(sealHash)
            .i64(changedCursor)
            .varint(metadata.size());
    new TreeMap<>(metadata).forEach((k, v) -> w.text(k).text(v));
    return w.toBytes();
  }

  static StreamHead of(byte[] value) {
    RecordReader r = new RecordReader(value, "stream record", FORMAT);
    long id = r.i64();
    Instant created = Instant.ofEpochMilli(r.i64());
    String contentType = r.text();
    long records = r.varint();
    long bytes = r.varint();
    byte[] link = StreamRecords.hash(r, "stream record");
    Instant changed = Instant.ofEpochMilli(r.i64());
    byte[] seal = r.blob();
    long cursor = r.i64();
    Map<String, String> metadata = new TreeMap<>();
    for (int i = r.count(MAX_METADATA); i > 0; i--) {
      metadata.put(StreamRecords.need(r.text()), StreamRecords.need(r.text()));
    }
    return new StreamHead(
        id, created, contentType, metadata, records, bytes, link, changed, seal, cursor);
  }
}
