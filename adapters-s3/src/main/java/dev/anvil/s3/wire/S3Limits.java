package dev.anvil.s3.wire;

import java.time.Duration;

/** Every bound of the gateway, by name. Sizes are bytes. */
public final class S3Limits {
  /** Names and values of all headers of a request together. */
  public static final int MAX_HEADERS = 8 << 10;

  /** Parameters of a query. */
  public static final int MAX_QUERY_PARAMETERS = 64;

  /** Document of a request that has no bound of its own. */
  public static final int MAX_DOCUMENT = 64 << 10;

  /** Document that names keys to delete: 1,000 keys of 1,024 bytes, encoded. */
  public static final int MAX_DELETE_DOCUMENT = 8 << 20;

  /** Document that names the 10,000 parts of an upload. */
  public static final int MAX_COMPLETE_DOCUMENT = 4 << 20;

  /** Document of a lifecycle or of notifications: 1,000 rules. */
  public static final int MAX_RULES_DOCUMENT = 2 << 20;

  /** Elements of a document. */
  public static final int MAX_ELEMENTS = 100_000;

  /** Elements inside each other. */
  public static final int MAX_DEPTH = 16;

  /** Keys of one batch delete. */
  public static final int MAX_DELETE_KEYS = 1_000;

  /** Entries of one page of any list. */
  public static final int MAX_PAGE = 1_000;

  /** Buckets of one page when none is asked for. */
  public static final int MAX_BUCKET_PAGE = 10_000;

  /** How far the date of a signed request may be from our clock. */
  public static final Duration SKEW = Duration.ofMinutes(15);

  /** Longest life of a presigned request, in seconds. */
  public static final long MAX_PRESIGNED_SECONDS = 604_800;

  /** Fewest bytes of a chunk of an aws-chunked body that is not the last with data. */
  public static final int MIN_CHUNK = 8_192;

  /** Line that begins a chunk. */
  public static final int MAX_CHUNK_LINE = 256;

  /** All trailer lines together. */
  public static final int MAX_TRAILERS = 4 << 10;

  /** Headers named by a signature. */
  public static final int MAX_SIGNED_HEADERS = 128;

  /** Form fields before the file of a POST upload, together. */
  public static final int MAX_FORM_FIELDS = 20 << 10;

  /** Bytes behind the file of a POST upload that are read and dropped. */
  public static final int MAX_FORM_REST = 64 << 10;

  /** Reserved for a header line of one form part. */
  public static final int MAX_FORM_PART_HEAD = 4 << 10;

  /**
   * Longest silence of an answer that takes its time. Clients give up after 30 seconds and more
   * without a byte, what stands before a server often after 60.
   */
  public static final Duration MAX_SILENCE = Duration.ofSeconds(5);

  private S3Limits() {}
}
