package dev.anvil.waist;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.journal.Payload;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Bytes of journal entries and of the blocks that hold a group's entries. */
final class JournalCodec {
  static final int FORMAT = 1;

  /** Bytes of entries after which a block ends and the group's next entry starts another. */
  static final int BLOCK_CLOSE_BYTES = 256 << 10;

  /** Greatest encoded entry, so that a block stays below the greatest value. */
  static final int MAX_ENTRY_BYTES = 512 << 10;

  private static final int MAX_BLOCK_ENTRIES = 1 << 20;
  private static final int MAX_BODIES = 1 << 16;

  private JournalCodec() {}

  static byte[] blockKey(long firstCursor) {
    return new KeyWriter(KeySpace.JOURNAL).u64(firstCursor).toBytes();
  }

  static long firstCursor(byte[] blockKey) {
    KeyReader r = new KeyReader(blockKey, KeySpace.JOURNAL);
    long first = r.u64();
    if (first < 1 || r.rest().length > 0) {
      throw new Corrupt("a journal block lies under a key that is no cursor");
    }
    return first;
  }

  /**
   * One entry.
   *
   * @param sinceCommit how far its cursor lies past the first entry of its function
   */
  static byte[] encodeEntry(JournalDraft d, long sinceCommit) {
    RecordWriter w =
        new RecordWriter(FORMAT)
            .varint(sinceCommit)
            .text(d.kind())
            .i64(d.space())
            .blob(d.subject())
            .text(d.version())
            .text(d.actor())
            .text(d.requestId())
            .flag(d.payload() != null);
    if (d.payload() != null) {
      w.varint(d.payload().size()).text(d.payload().etag()).blob(d.payload().sha256());
    }
    w.blob(d.idempotencyHash()).varint(d.authzRevision()).varint(d.bodies().size());
    for (BodyId b : d.bodies()) {
      w.i64(b.high()).i64(b.low());
    }
    if (d.via() != null) {
      // added later: an entry without it has the bytes it always had
      w.text(d.via());
    }
    return w.toBytes();
  }

  /** A block of consecutive entries of one group. */
  static byte[] encodeBlock(long revision, Instant committedAt, List<byte[]> entries) {
    RecordWriter w =
        new RecordWriter(FORMAT)
            .varint(revision)
            .i64(committedAt.toEpochMilli())
            .varint(entries.size());
    entries.forEach(w::blob);
    return w.toBytes();
  }

  /** Number of entries of a block, without reading them. */
  static int entryCount(byte[] block) {
    RecordReader r = new RecordReader(block, "journal block", FORMAT);
    r.varint();
    r.i64();
    return count(r);
  }

  /** All entries of a block. */
  static List<JournalEntry> decodeBlock(byte[] key, byte[] block) {
    long first = firstCursor(key);
    RecordReader r = new RecordReader(block, "journal block " + first, FORMAT);
    long revision = r.varint();
    Instant at = Instant.ofEpochMilli(r.i64());
    int count = count(r);
    List<JournalEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(decodeEntry(first + i, revision, at, r.blob()));
    }
    if (r.hasMore()) {
      throw new Corrupt("journal block " + first + " goes on after its last entry");
    }
    return entries;
  }

  private static int count(RecordReader r) {
    int n = r.count(MAX_BLOCK_ENTRIES);
    if (n == 0) {
      throw new Corrupt("a journal block holds no entry");
    }
    return n;
  }

  private static JournalEntry decodeEntry(long cursor, long revision, Instant at, byte[] bytes) {
    if (bytes == null) {
      throw new Corrupt("journal entry " + cursor + " is absent from its block");
    }
    RecordReader r = new RecordReader(bytes, "journal entry " + cursor, FORMAT);
    long commitId = cursor - r.varint();
    if (commitId < 1 || commitId > cursor) {
      throw new Corrupt("journal entry " + cursor + " names the commit " + commitId);
    }
    String kind = r.text();
    long space = r.i64();
    byte[] subject = r.blob();
    String version = r.text();
    String actor = r.text();
    String requestId = r.text();
    Payload payload = r.flag() ? new Payload(r.varint(), r.text(), r.blob()) : null;
    byte[] idempotency = r.blob();
    long authz = r.varint();
    int n = r.count(MAX_BODIES);
    List<BodyId> bodies = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      bodies.add(new BodyId(r.i64(), r.i64()));
    }
    String via = r.hasMore() ? r.text() : null;
    return new JournalEntry(
        cursor,
        commitId,
        revision,
        at,
        new JournalDraft(
            kind,
            space,
            subject,
            version,
            actor,
            requestId,
            payload,
            idempotency,
            authz,
            bodies,
            via));
  }
}
