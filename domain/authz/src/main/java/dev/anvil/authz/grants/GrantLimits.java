package dev.anvil.authz.grants;

/** Bounds of what buckets grant. */
public final class GrantLimits {
  /** Entries of an access control list. */
  public static final int MAX_ENTRIES = 100;

  private GrantLimits() {}
}
