package dev.anvil.authz.grants;

/** Bounds of what buckets grant. */
public final class GrantLimits {
  /** Entries of an access control list. */
  public static final int MAX_ENTRIES = 100;

  /** Rules for scripts of other origins. */
  public static final int MAX_CORS_RULES = 100;

  /** Bytes of the document that holds them. */
  public static final int MAX_CORS_BYTES = 64 << 10;

  /** Values of one list of a rule. */
  public static final int MAX_CORS_VALUES = 8_192;

  private GrantLimits() {}
}
