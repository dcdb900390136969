package dev.anvil.ports.record;

/** First byte of every key: which subject owns it. Never reused; docs/formats.md lists them. */
public enum KeySpace {
  /** Commit stamp and format of the partition. */
  WAIST(0x01),
  /** Journal blocks by first cursor. */
  JOURNAL(0x02),
  /** Consumers' cursors and fences of duties. */
  DUTIES(0x03),
  /** Tenants, applications, secrets, grants, keys (directory). */
  IDENTITY(0x10),
  /** Bucket names (directory). */
  BUCKET_NAMES(0x20),
  /** Buckets: settings and counters. */
  BUCKETS(0x21),
  /** Newest live version of each key. */
  LIVE(0x22),
  /** Older versions and delete markers. */
  VERSIONS(0x23),
  /** Bodies inside the engine. */
  INLINE_BODIES(0x24),
  /** Structured metadata over 1 KiB. */
  METADATA(0x25),
  /** Lists of more than 64 parts. */
  PART_LISTS(0x26),
  /** References of shared bodies. */
  BODY_REFS(0x27),
  /** What a sweep must still drop. */
  GARBAGE(0x28),
  /** Multipart uploads and their parts. */
  UPLOADS(0x29),
  /** Manifests. */
  MANIFESTS(0x2A),
  /** Append streams. */
  STREAMS(0x2B),
  /** Receipts by idempotency key. */
  IDEMPOTENCY(0x2C),
  /** Targets of notifications, and messages that wait. */
  NOTIFICATIONS(0x2D),
  /** Relationship schemas and tuples. */
  AUTHZ(0x40),
  /** Index definitions and manifests. */
  INDEXES(0x50),
  /** PersonalDB groups. */
  PERSONALDB(0x60),
  /** Findings, tasks, backups. */
  OPERATIONS(0x70);

  private final int prefix;

  KeySpace(int prefix) {
    this.prefix = prefix;
  }

  /** The byte. */
  public int prefix() {
    return prefix;
  }
}
