package dev.anvil.objects;

import java.time.Duration;

/** Every bound of buckets and objects, by name. Sizes are bytes. */
public final class ObjectLimits {
  /** Largest object. */
  public static final long MAX_OBJECT_BYTES = 5L << 40;

  /** Largest single body: a put or a part. */
  public static final long MAX_BODY_BYTES = 5L << 30;

  /** Names and values of user metadata together. */
  public static final int MAX_USER_METADATA_BYTES = 2 << 10;

  /** Structured JSON metadata, compacted. */
  public static final int MAX_STRUCTURED_BYTES = 64 << 10;

  /** Structured metadata up to this travels inside the version record. */
  public static final int INLINE_STRUCTURED_BYTES = 1 << 10;

  /** Tags of an object. */
  public static final int MAX_OBJECT_TAGS = 10;

  /** Tags of a bucket. */
  public static final int MAX_BUCKET_TAGS = 50;

  /** Characters of a tag's name. */
  public static final int MAX_TAG_NAME = 128;

  /** Characters of a tag's value. */
  public static final int MAX_TAG_VALUE = 256;

  /** Bytes of one content header's value. */
  public static final int MAX_HEADER_VALUE = 1 << 10;

  /** Bytes of a redirect. */
  public static final int MAX_REDIRECT = 2 << 10;

  /** Bytes of all content headers together. */
  public static final int MAX_CONTENT_HEADERS = 4 << 10;

  /** Characters of a region's name. */
  public static final int MAX_REGION = 64;

  /** Entries of a list page. */
  public static final int MAX_PAGE = 1_000;

  /** Entries of a list page when the caller names none. */
  public static final int DEFAULT_PAGE = 100;

  /** Bytes of a delimiter. */
  public static final int MAX_DELIMITER = 1_024;

  /** Ranges of one read; a request for more is answered with the whole object. */
  public static final int MAX_RANGES = 64;

  /** Entity tags of one condition. */
  public static final int MAX_ENTITY_TAGS = 64;

  /** Characters of an idempotency key. */
  public static final int MAX_IDEMPOTENCY_KEY = 255;

  /** How long a receipt answers a repeated idempotency key. */
  public static final Duration IDEMPOTENCY_RETENTION = Duration.ofHours(24);

  /** Slices of bodies a version record names itself; longer lists have keys of their own. */
  public static final int MAX_SLICES = 64;

  /** Greatest body inside the engine, whatever the engine would take. */
  public static final int MAX_INLINE_BODY = 32 << 10;

  /** Greatest body that travels inside a commit because no other body is in its group. */
  public static final int LONE_INLINE_BODY = 4 << 10;

  /**
   * Greatest body that is written and left to the group of its commit to be synced: a larger one
   * would keep the others waiting for longer than the sync that it saves takes.
   */
  public static final int SHARED_SYNC_BODY = 1 << 20;

  /** Buffer of a body on its way in. */
  public static final int COPY_BUFFER = 64 << 10;

  /** Records a background step touches in one commit. */
  public static final int STEP_RECORDS = 256;

  /** Versions, or other records, that one step removes from a bucket that is being deleted. */
  public static final int DRAIN_RECORDS = 100;

  /** Bytes that a bucket draws of its tenant's quota beyond what it needs. */
  public static final long ALLOWANCE_BYTES = 16L << 20;

  /** Objects that a bucket draws of its tenant's quota beyond what it needs. */
  public static final long ALLOWANCE_OBJECTS = 1_000;

  /** Time between two looks for allowances of a tenant that are not used. */
  public static final Duration RECLAIM_PAUSE = Duration.ofMillis(100);

  /** Buckets of a deleted tenant that one step shuts. */
  public static final int ERASED_BUCKETS = 32;

  /** Bodies that a sweep step frees, and those of one more record of them. */
  public static final int SWEEP_BODIES = 1_024;

  /** Garbage that a sweep step looks at; more of it being read just then waits. */
  public static final int SWEEP_PASSES = 10_000;

  /** Bucket names kept in memory. */
  public static final int CACHED_BUCKETS = 100_000;

  private ObjectLimits() {}
}
