package dev.anvil.identity;

import java.time.Duration;

/** Every bound of the identity subject, by name. */
public final class IdentityLimits {
  /** Fewest characters of a tenant name. */
  public static final int MIN_TENANT_NAME = 3;

  /** Most characters of a tenant name. */
  public static final int MAX_TENANT_NAME = 63;

  /** Most characters of an application name. */
  public static final int MAX_APPLICATION_NAME = 128;

  /** Most characters of a reason. */
  public static final int MAX_REASON = 512;

  /** Tenants of a deployment; all of them live in memory. */
  public static final int MAX_TENANTS = 10_000;

  /** Applications of a deployment; all of them live in memory. */
  public static final int MAX_APPLICATIONS = 50_000;

  /** Scopes granted to one application. */
  public static final int MAX_GRANTS = 256;

  /** Secrets of one application that work at the same time. */
  public static final int MAX_LIVE_SECRETS = 4;

  /** Longest scope in its canonical form, in bytes of UTF-8. */
  public static final int MAX_SCOPE_BYTES = 3_500;

  /** Scopes named by one token request. */
  public static final int MAX_REQUESTED_SCOPES = 64;

  /** Scopes of one token. */
  public static final int MAX_TOKEN_SCOPES = 256;

  /** Scopes looked at while an intersection is worked out. */
  public static final int MAX_INTERMEDIATE_SCOPES = 4_096;

  /** Longest token issued and accepted, in characters. */
  public static final int MAX_TOKEN_CHARS = 6 << 10;

  /** Longest client id accepted for a look-up, in characters. */
  public static final int MAX_CLIENT_ID = 64;

  /** Longest secret or admin credential accepted for a comparison, in characters. */
  public static final int MAX_SECRET = 256;

  /** Verified tokens remembered between requests. */
  public static final int MAX_REMEMBERED_TOKENS = 2_048;

  /** Signing keys remembered between requests. */
  public static final int MAX_REMEMBERED_KEYS = 4_096;

  /** Entries of one page of a list, and records of one slice of the load at start. */
  public static final int MAX_PAGE = 1_000;

  /** Applications, and tenants, whose rates are metered at once. */
  public static final int MAX_METERED = 10_000;

  /** What may be used at once after a quiet time: so long at the rate. */
  public static final Duration BURST = Duration.ofSeconds(2);

  /** Longest that one body, however large, makes its sender wait. */
  public static final Duration LONGEST_DEBT = Duration.ofSeconds(10);

  /** Life of a token. */
  public static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

  /** How far the clocks of two nodes may differ. */
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  /** Refused calls of one source that get audit entries of their own in a second. */
  public static final int MAX_DENIALS_A_SECOND = 10;

  /** Refused calls of all sources together that get audit entries of their own in a second. */
  public static final int MAX_DENIALS_OF_NODE = 50;

  /** Sources whose refused calls are counted apart. */
  public static final int MAX_DENIAL_SOURCES = 1_024;

  /** Sums of refused calls written at once. */
  public static final int MAX_DENIAL_SUMS = 64;

  /** Entries of refused calls that are kept; older ones go. About 30 MiB. */
  public static final int MAX_DENIALS_KEPT = 100_000;

  /** Longest text of an audit entry of a refused call, in characters. */
  public static final int MAX_AUDIT_TEXT = 256;

  /** Audit entries one page looks at. */
  public static final int MAX_AUDIT_SCAN = 10_000;

  /** Tokens that are revoked one by one and not expired yet. */
  public static final int MAX_REVOKED_TOKENS = 10_000;

  /** Longest token id, in characters. */
  public static final int MAX_TOKEN_ID = 64;

  /** Applications sealed anew, or erased, in one commit. */
  public static final int MAX_STEP_APPLICATIONS = 16;

  private IdentityLimits() {}
}
