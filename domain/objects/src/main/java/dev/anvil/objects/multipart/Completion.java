package dev.anvil.objects.multipart;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.Checksums;
import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.Instant;
import java.util.Map;

/**
 * How an upload was completed: what answers when the completion is repeated.
 *
 * @param claims hash of the parts it named
 * @param version text of the version id
 * @param nullVersion as in the receipt
 * @param etag as in the receipt
 * @param size as in the receipt
 * @param sha256 as in the receipt
 * @param parts as in the receipt
 * @param cursor as in the receipt
 * @param authzRevision as in the receipt
 * @param requestId as in the receipt
 * @param committedAt as in the receipt
 * @param versioned as in the receipt
 * @param checksums as in the receipt
 */
record Completion(
    byte[] claims,
    String version,
    boolean nullVersion,
    String etag,
    long size,
    byte[] sha256,
    int parts,
    long cursor,
    long authzRevision,
    String requestId,
    Instant committedAt,
    boolean versioned,
    Map<DigestAlgorithm, byte[]> checksums) {
  static Completion of(byte[] claims, Receipt r) {
    return new Completion(
        claims,
        r.version(),
        r.nullVersion(),
        r.etag(),
        r.size(),
        r.sha256(),
        r.parts(),
        r.cursor(),
        r.authzRevision(),
        r.requestId(),
        r.committedAt(),
        r.versioned(),
        r.checksums());
  }

  Receipt receipt(BucketRef bucket, ObjectKey key) {
    return new Receipt(
        bucket.name(),
        key.text(),
        version,
        nullVersion,
        false,
        etag,
        size,
        sha256,
        parts,
        bucket.partition().number(),
        cursor,
        authzRevision,
        requestId,
        committedAt,
        versioned,
        checksums);
  }

  void write(RecordWriter w) {
    w.blob(claims).text(version).flag(nullVersion).text(etag).varint(size).blob(sha256);
    w.varint(parts).varint(cursor).varint(authzRevision).text(requestId);
    w.i64(committedAt.toEpochMilli()).flag(versioned);
    Checksums.write(w, checksums);
  }

  static Completion read(RecordReader r) {
    return new Completion(
        UploadRecord.need(r.blob()),
        UploadRecord.need(r.text()),
        r.flag(),
        UploadRecord.need(r.text()),
        r.varint(),
        UploadRecord.need(r.blob()),
        r.count(MultipartLimits.MAX_PARTS),
        r.varint(),
        r.varint(),
        r.text(),
        Instant.ofEpochMilli(r.i64()),
        r.hasMore() && r.flag(),
        r.hasMore() ? Checksums.read(r) : Map.of());
  }
}
