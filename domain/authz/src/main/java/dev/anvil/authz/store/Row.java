package dev.anvil.authz.store;

import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.Arrays;

/**
 * What is stored of a tuple beside its key.
 *
 * @param created revision
 * @param caveat interned, 0 for none
 * @param context JSON, or null; not kept in the reverse record
 * @param expires milliseconds since the epoch, 0 for never
 * @param writer who wrote it
 * @param writtenAt milliseconds since the epoch
 * @param reason or null
 * @param deleted revision at which it was replaced or deleted, 0 while it stands
 */
record Row(
    long created,
    int caveat,
    byte[] context,
    long expires,
    String writer,
    long writtenAt,
    String reason,
    long deleted) {
  static Row decode(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "tuple", 1);
    return new Row(
        r.varint(),
        r.count(Integer.MAX_VALUE),
        r.blob(),
        r.varint(),
        r.text(),
        r.varint(),
        r.text(),
        0);
  }

  /** Without who wrote it, when and why, which answers do not hang on. */
  static Row decodeValue(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "tuple", 1);
    return new Row(r.varint(), r.count(Integer.MAX_VALUE), r.blob(), r.varint(), null, 0, null, 0);
  }

  byte[] encode() {
    return new RecordWriter(1)
        .varint(created)
        .varint(caveat)
        .blob(context)
        .varint(expires)
        .text(writer)
        .varint(writtenAt)
        .text(reason)
        .toBytes();
  }

  static Row decodeReverse(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "reverse tuple", 1);
    return new Row(r.varint(), r.count(Integer.MAX_VALUE), null, r.varint(), null, 0, null, 0);
  }

  byte[] encodeReverse() {
    return new RecordWriter(1).varint(created).varint(caveat).varint(expires).toBytes();
  }

  boolean aliveAt(long millis) {
    return expires == 0 || millis < expires;
  }

  boolean sameValue(Row other) {
    return caveat == other.caveat
        && expires == other.expires
        && Arrays.equals(context, other.context);
  }
}
