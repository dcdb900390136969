package dev.anvil.objects;

import dev.anvil.objects.rules.Protection;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** Encodes versions. */
final class VersionCodec {
  private static final int FORMAT = 1;
  private static final int MARKER = 1;
  private static final int NULL_VERSION = 2;
  private static final int GRANTS = 64;
  private static final int PROTECTED = 32;
  private static final int REDIRECT = 16;
  private static final int EMPTY = 0;
  private static final int INLINE = 1;
  private static final int SLICES = 2;
  private static final int LISTED = 3;
  private static final int SUMMED = 4;
  private static final int NONE = 0;
  private static final int HERE = 1;
  private static final int APART = 2;
  private static final int MAX_PARTS = 10_000;

  private VersionCodec() {}

  static byte[] encode(VersionRecord v) {
    RecordWriter w = new RecordWriter(FORMAT);
    boolean grants = !v.marker() && !v.grants().isNone();
    byte[] protection = v.marker() ? null : v.protection().toBytes();
    int flags = (v.marker() ? MARKER : 0) | (v.nullVersion() ? NULL_VERSION : 0);
    boolean redirect = v.headers().redirect() != null;
    w.u8(
        flags
            | (grants ? GRANTS : 0)
            | (protection == null ? 0 : PROTECTED)
            | (redirect ? REDIRECT : 0));
    w.varint(v.id().incarnation() & 0xFFFFFFFFL).varint(v.id().cursor());
    w.i64(v.committedAt().toEpochMilli()).varint(v.nullCursor());
    if (v.marker()) {
      return w.toBytes();
    }
    w.varint(v.size()).text(v.etag()).blob(v.sha256()).varint(v.parts());
    writeBody(w, v.body());
    writeHeaders(w, v.headers());
    BucketCodec.writeTexts(w, v.userMetadata());
    writeStructured(w, v.structured());
    BucketCodec.writeTexts(w, v.tags());
    Checksums.write(w, v.checksums());
    if (grants) {
      v.grants().write(w);
    }
    if (protection != null) {
      w.blob(protection);
    }
    if (redirect) {
      w.text(v.headers().redirect());
    }
    return w.toBytes();
  }

  static VersionRecord decode(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "version record", FORMAT);
    return BucketCodec.guarded("version record", () -> read(r));
  }

  /**
   * What lists show of a record; the rest is passed over.
   *
   * @param key UTF-8 of the object's key
   * @param current whether it is the newest state of its key
   */
  static ObjectSummary summary(byte[] key, byte[] bytes, boolean current) {
    RecordReader r = new RecordReader(bytes, "version record", FORMAT);
    return BucketCodec.guarded("version record", () -> readSummary(r, key, current));
  }

  private static ObjectSummary readSummary(RecordReader r, byte[] key, boolean current) {
    String text = LivePage.text(key);
    int flags = readFlags(r);
    boolean marker = (flags & MARKER) != 0;
    boolean nullVersion = (flags & NULL_VERSION) != 0;
    VersionId id = new VersionId((int) r.varint(), r.varint());
    Instant at = Instant.ofEpochMilli(r.i64());
    r.varint();
    if (marker) {
      return new ObjectSummary(
          text, id, nullVersion, current, true, 0, null, at, null, Set.of(), 0);
    }
    long size = readSize(r);
    String etag = BucketCodec.required(r.text(), "etag");
    r.skip();
    r.varint();
    skipBody(r);
    String contentType = r.text();
    skipTexts(r, 5);
    skipTexts(r, 2 * r.count(BucketCodec.MAX_TEXTS));
    skipStructured(r);
    skipTexts(r, 2 * r.count(BucketCodec.MAX_TEXTS));
    Set<DigestAlgorithm> checksums = Checksums.readNames(r);
    long owner = (flags & GRANTS) == 0 ? 0 : VersionGrants.readOwner(r);
    return new ObjectSummary(
        text, id, nullVersion, current, false, size, etag, at, contentType, checksums, owner);
  }

  private static void skipTexts(RecordReader r, int count) {
    for (int i = 0; i < count; i++) {
      r.skip();
    }
  }

  private static int readFlags(RecordReader r) {
    int flags = r.u8();
    if ((flags & ~(MARKER | NULL_VERSION | GRANTS | PROTECTED | REDIRECT)) != 0) {
      throw new Corrupt("a version record has flags " + flags);
    }
    return flags;
  }

  private static long readSize(RecordReader r) {
    long size = r.varint();
    if (size < 0) {
      throw new Corrupt("a version record has size " + size);
    }
    return size;
  }

  private static VersionRecord read(RecordReader r) {
    int flags = readFlags(r);
    VersionId id = new VersionId((int) r.varint(), r.varint());
    Instant at = Instant.ofEpochMilli(r.i64());
    long nullCursor = r.varint();
    boolean nullVersion = (flags & NULL_VERSION) != 0;
    if ((flags & MARKER) != 0) {
      return marker(id, at, nullVersion, nullCursor);
    }
    long size = readSize(r);
    String etag = BucketCodec.required(r.text(), "etag");
    byte[] sha256 = r.blob();
    int parts = r.count(MAX_PARTS);
    VersionBody body = readBody(r);
    ContentHeaders headers = readHeaders(r);
    var metadata = Collections.unmodifiableSortedMap(BucketCodec.readTexts(r));
    Structured structured = readStructured(r);
    var tags = Collections.unmodifiableSortedMap(BucketCodec.readTexts(r));
    Map<DigestAlgorithm, byte[]> checksums = Checksums.read(r);
    VersionGrants grants = (flags & GRANTS) == 0 ? VersionGrants.NONE : VersionGrants.read(r);
    Protection protection = (flags & PROTECTED) == 0 ? Protection.NONE : Protection.of(r.blob());
    return new VersionRecord(
        id,
        at,
        false,
        nullVersion,
        nullCursor,
        size,
        etag,
        sha256,
        parts,
        body,
        (flags & REDIRECT) == 0
            ? headers
            : headers.withRedirect(BucketCodec.required(r.text(), "redirect")),
        metadata,
        structured,
        tags,
        checksums,
        grants,
        protection);
  }

  static VersionRecord marker(VersionId id, Instant at, boolean nullVersion, long nullCursor) {
    return new VersionRecord(
        id,
        at,
        true,
        nullVersion,
        nullCursor,
        0,
        null,
        null,
        0,
        VersionBody.EMPTY,
        ContentHeaders.NONE,
        Collections.emptySortedMap(),
        Structured.NONE,
        Collections.emptySortedMap(),
        Map.of());
  }

  private static void writeBody(RecordWriter w, VersionBody body) {
    switch (body) {
      case VersionBody.Empty e -> w.u8(EMPTY);
      case VersionBody.Inline i -> w.u8(INLINE).varint(i.cursor());
      case VersionBody.Slices s -> {
        boolean summed = PartLists.summed(s.slices());
        w.u8(summed ? SUMMED : SLICES).varint(s.slices().size());
        s.slices().forEach(x -> PartLists.writeSlice(w, x));
        if (summed) {
          PartLists.writeChecksums(w, s.slices());
        }
      }
      case VersionBody.Listed l -> w.u8(LISTED).varint(l.listId()).varint(l.count());
    }
  }

  private static VersionBody readBody(RecordReader r) {
    int kind = r.u8();
    return switch (kind) {
      case EMPTY -> VersionBody.EMPTY;
      case INLINE -> new VersionBody.Inline(r.varint());
      case SLICES -> new VersionBody.Slices(PartLists.readSlices(r, ObjectLimits.MAX_SLICES));
      case SUMMED ->
          new VersionBody.Slices(
              PartLists.readChecksums(r, PartLists.readSlices(r, ObjectLimits.MAX_SLICES)));
      case LISTED -> new VersionBody.Listed(r.varint(), r.count(MAX_PARTS));
      default -> throw ofKind("a body", kind);
    };
  }

  private static void skipBody(RecordReader r) {
    int kind = r.u8();
    switch (kind) {
      case EMPTY -> {}
      case INLINE -> r.varint();
      case SLICES -> PartLists.skipSlices(r, ObjectLimits.MAX_SLICES);
      case SUMMED -> {
        int slices = PartLists.skipSlices(r, ObjectLimits.MAX_SLICES);
        for (int i = 0; i < slices; i++) {
          Checksums.readNames(r);
        }
      }
      case LISTED -> {
        r.varint();
        r.varint();
      }
      default -> throw ofKind("a body", kind);
    }
  }

  private static void writeHeaders(RecordWriter w, ContentHeaders h) {
    w.text(h.contentType()).text(h.contentEncoding()).text(h.contentLanguage());
    w.text(h.contentDisposition()).text(h.cacheControl()).text(h.expires());
  }

  private static ContentHeaders readHeaders(RecordReader r) {
    return new ContentHeaders(r.text(), r.text(), r.text(), r.text(), r.text(), r.text());
  }

  private static void writeStructured(RecordWriter w, Structured s) {
    switch (s) {
      case Structured.None n -> w.u8(NONE);
      case Structured.Here h -> w.u8(HERE).blob(h.json());
      case Structured.Apart a -> w.u8(APART).varint(a.cursor()).varint(a.length());
    }
  }

  private static Structured readStructured(RecordReader r) {
    int kind = r.u8();
    return switch (kind) {
      case NONE -> Structured.NONE;
      case HERE -> new Structured.Here(BucketCodec.required(r.blob(), "metadata"));
      case APART -> new Structured.Apart(r.varint(), r.count(ObjectLimits.MAX_STRUCTURED_BYTES));
      default -> throw ofKind("metadata", kind);
    };
  }

  private static void skipStructured(RecordReader r) {
    int kind = r.u8();
    switch (kind) {
      case NONE -> {}
      case HERE -> r.skip();
      case APART -> {
        r.varint();
        r.varint();
      }
      default -> throw ofKind("metadata", kind);
    }
  }

  private static Corrupt ofKind(String what, int kind) {
    return new Corrupt("a version record has " + what + " of kind " + kind);
  }
}
