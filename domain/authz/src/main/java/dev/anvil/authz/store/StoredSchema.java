package dev.anvil.authz.store;

import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;

/**
 * A version of a tenant's schema.
 *
 * @param version from 1; 0 for the server's own types alone
 * @param text as it was put
 * @param revision at which it came in force
 * @param digest SHA-256 of its canonical form
 * @param writer who put it
 * @param writtenAt milliseconds since the epoch
 */
public record StoredSchema(
    int version, String text, long revision, byte[] digest, String writer, long writtenAt) {
  static StoredSchema decode(int version, byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "schema", 1);
    return new StoredSchema(version, r.text(), r.varint(), r.blob(), r.text(), r.varint());
  }

  byte[] encode() {
    return new RecordWriter(1)
        .text(text)
        .varint(revision)
        .blob(digest)
        .text(writer)
        .varint(writtenAt)
        .toBytes();
  }
}
