package dev.anvil.objects.manifests;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.KeyRange;
import java.time.Instant;
import java.util.Map;

/**
 * What a listing shows of a manifest, and where its content is. 01 + bucket + key is the head, 02 +
 * cursor the content, which listings never read.
 *
 * @param revision 1 for a new manifest, one more with each change
 * @param cursor of the change, and name of the content
 * @param size bytes of the content
 * @param sha256 of the content
 * @param contentType or null
 * @param changedAt time of the commit
 * @param changedBy actor
 */
record ManifestHead(
    long revision,
    long cursor,
    int size,
    byte[] sha256,
    String contentType,
    Instant changedAt,
    String changedBy) {
  private static final int FORMAT = 1;
  private static final int HEAD = 1;
  private static final int CONTENT = 2;
  private static final int SHA_256_BYTES = 32;

  ManifestInfo info(ObjectKey key) {
    return new ManifestInfo(key, revision, size, sha256, contentType, changedAt, changedBy, cursor);
  }

  byte[] toBytes() {
    return new RecordWriter(FORMAT)
        .varint(revision)
        .i64(cursor)
        .varint(size)
        .blob(sha256)
        .text(contentType)
        .i64(changedAt.toEpochMilli())
        .text(changedBy)
        .toBytes();
  }

  static ManifestHead of(byte[] value) {
    RecordReader r = new RecordReader(value, "manifest record", FORMAT);
    long revision = r.varint();
    long cursor = r.i64();
    int size = r.count(ManifestLimits.MAX_BYTES);
    byte[] sha = r.blob();
    if (sha == null || sha.length != SHA_256_BYTES) {
      throw new Corrupt("manifest record holds a hash of another length");
    }
    return new ManifestHead(
        revision, cursor, size, sha, r.text(), Instant.ofEpochMilli(r.i64()), r.text());
  }

  static byte[] key(long bucket, ObjectKey key) {
    return new KeyWriter(KeySpace.MANIFESTS).u8(HEAD).u64(bucket).rest(key.utf8()).toBytes();
  }

  static KeyRange keys(long bucket, byte[] prefix) {
    return KeyRange.prefix(
        new KeyWriter(KeySpace.MANIFESTS).u8(HEAD).u64(bucket).rest(prefix).toBytes());
  }

  static ObjectKey nameOf(byte[] key) {
    KeyReader r = new KeyReader(key, KeySpace.MANIFESTS);
    r.u8();
    r.u64();
    return ObjectKey.of(r.rest());
  }

  /** The head, or {@code NotFound} ManifestNotFound for null. */
  static ManifestHead require(byte[] value, ObjectKey key) {
    if (value == null) {
      throw new NotFound(
          NotFound.Reason.MANIFEST,
          "there is no manifest of this name; create it with If-None-Match: *",
          Map.of("manifest", key.text()));
    }
    return of(value);
  }

  /** Refuses a manifest (null if there is none) of another revision (0: none). */
  static void expect(ManifestHead head, long revision) {
    long current = head == null ? 0 : head.revision();
    if (current != revision) {
      throw new PreconditionFailed(
          PreconditionFailed.Reason.PRECONDITION,
          (current == 0 ? "there is no manifest" : "the manifest has revision " + current)
              + (revision == 0 ? "; to change it" : ", not revision " + revision + "; to change it")
              + " read it again and send If-Match with its revision",
          Map.of("currentRevision", current));
    }
  }

  static byte[] content(long cursor) {
    return new KeyWriter(KeySpace.MANIFESTS).u8(CONTENT).u64(cursor).toBytes();
  }
}
