package dev.anvil.authz.policy;

/** Bounds of bucket policies. */
public final class PolicyLimits {
  /** Bytes of a policy. */
  public static final int MAX_BYTES = 20 << 10;

  /** Statements of a policy. */
  public static final int MAX_STATEMENTS = 200;

  /** Values of all lists of a policy together. */
  public static final int MAX_VALUES = 2_048;

  /** Variables of a policy; each may stand for as much as a header holds, whenever it is asked. */
  public static final int MAX_VARIABLES = 128;

  private PolicyLimits() {}
}
