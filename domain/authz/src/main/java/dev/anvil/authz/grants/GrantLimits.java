package dev.anvil.authz.grants;

/** Bounds of what buckets grant. */
public final class GrantLimits {
  /** Entries of an access control list. */
  public static final int MAX_ENTRIES = 100;

  /** Bytes of a bucket policy. */
  public static final int MAX_POLICY_BYTES = 20 << 10;

  /** Statements of a bucket policy. */
  public static final int MAX_STATEMENTS = 256;

  /** Values of all lists of a bucket policy together. */
  public static final int MAX_VALUES = 2_048;

  private GrantLimits() {}
}
