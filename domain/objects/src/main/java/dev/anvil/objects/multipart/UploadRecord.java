package dev.anvil.objects.multipart;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.Description;
import dev.anvil.objects.VersionGrants;
import dev.anvil.objects.VersionId;
import dev.anvil.objects.rules.Protection;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * An upload as it is stored under its number. It stays after completion until it expires, to answer
 * a completion that is repeated.
 *
 * @param id what clients call it: incarnation and number, so that ids of another life of the
 *     deployment name nothing here
 * @param bucket internal id
 * @param key the object it becomes
 * @param description without structured metadata, which has a key of its own
 * @param structured whether there is structured metadata
 * @param createdAt time of the creating commit
 * @param expiresAt when it ends by itself
 * @param initiator actor
 * @param completion null while open
 * @param checksum what every part has, or null
 * @param grants who will own the object and what its list will give
 * @param protection lock of the version, and how all parts are encrypted
 */
record UploadRecord(
    VersionId id,
    long bucket,
    ObjectKey key,
    Description description,
    boolean structured,
    Instant createdAt,
    Instant expiresAt,
    String initiator,
    Completion completion,
    UploadChecksum checksum,
    VersionGrants grants,
    Protection protection) {
  /** Unprotected. */
  UploadRecord(
      VersionId id,
      long bucket,
      ObjectKey key,
      Description description,
      boolean structured,
      Instant createdAt,
      Instant expiresAt,
      String initiator,
      Completion completion,
      UploadChecksum checksum,
      VersionGrants grants) {
    this(
        id,
        bucket,
        key,
        description,
        structured,
        createdAt,
        expiresAt,
        initiator,
        completion,
        checksum,
        grants,
        Protection.NONE);
  }

  private static final int FORMAT = 1;
  private static final int MAX_TEXTS = 2_048;

  boolean open() {
    return completion == null;
  }

  UploadRecord completed(Completion by) {
    return new UploadRecord(
        id,
        bucket,
        key,
        description,
        structured,
        createdAt,
        expiresAt,
        initiator,
        by,
        checksum,
        grants,
        protection);
  }

  UploadInfo info(byte[] structuredJson) {
    Description d = description;
    return new UploadInfo(
        id.text(),
        key,
        new Description(d.headers(), d.userMetadata(), structuredJson, d.tags()),
        createdAt,
        expiresAt,
        initiator,
        checksum);
  }

  byte[] toBytes() {
    ContentHeaders h = description.headers();
    RecordWriter w =
        new RecordWriter(FORMAT)
            .varint(id.incarnation() & 0xFFFFFFFFL)
            .i64(id.cursor())
            .i64(bucket)
            .blob(key.utf8())
            .text(h.contentType())
            .text(h.contentEncoding())
            .text(h.contentLanguage())
            .text(h.contentDisposition())
            .text(h.cacheControl())
            .text(h.expires());
    texts(w, description.userMetadata());
    texts(w, description.tags());
    w.flag(structured).i64(createdAt.toEpochMilli()).i64(expiresAt.toEpochMilli()).text(initiator);
    w.flag(completion != null);
    if (completion != null) {
      completion.write(w);
    }
    UploadChecksum.write(w, checksum);
    grants.write(w);
    byte[] protects = protection.toBytes();
    if (protects != null || h.redirect() != null) {
      w.blob(protects);
    }
    if (h.redirect() != null) {
      w.text(h.redirect());
    }
    return w.toBytes();
  }

  static UploadRecord of(byte[] value) {
    try {
      return read(new RecordReader(value, "upload record", FORMAT));
    } catch (Invalid | IllegalArgumentException e) {
      throw new Corrupt("upload record holds what no writer wrote: " + e.getMessage());
    }
  }

  private static UploadRecord read(RecordReader r) {
    VersionId id = new VersionId((int) r.varint(), r.i64());
    long bucket = r.i64();
    ObjectKey key = ObjectKey.of(need(r.blob()));
    ContentHeaders headers =
        new ContentHeaders(r.text(), r.text(), r.text(), r.text(), r.text(), r.text());
    Map<String, String> metadata = texts(r);
    Map<String, String> tags = texts(r);
    boolean structured = r.flag();
    Instant created = Instant.ofEpochMilli(r.i64());
    Instant expires = Instant.ofEpochMilli(r.i64());
    String initiator = need(r.text());
    Completion completion = r.flag() ? Completion.read(r) : null;
    UploadChecksum checksum = UploadChecksum.read(r);
    VersionGrants grants = VersionGrants.read(r);
    Protection protection = r.hasMore() ? Protection.of(r.blob()) : Protection.NONE;
    ContentHeaders all = r.hasMore() ? headers.withRedirect(need(r.text())) : headers;
    return new UploadRecord(
        id,
        bucket,
        key,
        Description.of(all, metadata, null, tags),
        structured,
        created,
        expires,
        initiator,
        completion,
        checksum,
        grants,
        protection);
  }

  private static void texts(RecordWriter w, Map<String, String> texts) {
    w.varint(texts.size());
    texts.forEach((k, v) -> w.text(k).text(v));
  }

  private static Map<String, String> texts(RecordReader r) {
    Map<String, String> texts = new TreeMap<>();
    for (int i = r.count(MAX_TEXTS); i > 0; i--) {
      texts.put(need(r.text()), need(r.text()));
    }
    return texts;
  }

  static <T> T need(T value) {
    if (value == null) {
      throw new Corrupt("an upload record lacks a field");
    }
    return value;
  }
}
