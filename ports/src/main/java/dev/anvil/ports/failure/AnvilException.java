package dev.anvil.ports.failure;

import java.util.Map;

/**
 * Every failure a caller may meet, in families named by what the caller should do.
 *
 * <p>Each wire dialect translates the families by one exhaustive switch. Expected failures carry no
 * stack trace: they are answers, not accidents. Details and fields may be shown to the caller, so
 * they never hold secrets, tokens or names the caller may not know.
 */
public abstract sealed class AnvilException extends RuntimeException
    permits Invalid,
        Unauthenticated,
        Denied,
        ReservedNamespace,
        NotFound,
        WrongState,
        PreconditionFailed,
        Conflict,
        LimitExceeded,
        Expired,
        IndexNotReady,
        StaleFence,
        Unavailable,
        Corrupt,
        NotImplemented {
  private static final long serialVersionUID = 1L;

  private final transient Code code;
  private final transient Map<String, ?> fields;

  AnvilException(Code code, String detail, Map<String, ?> fields) {
    this(code, detail, fields, null);
  }

  AnvilException(Code code, String detail, Map<String, ?> fields, Throwable cause) {
    super(detail, cause, false, false);
    this.code = code;
    this.fields = Map.copyOf(fields);
  }

  /** The stable code, for example {@code BucketNotFound}. */
  public Code code() {
    return code;
  }

  /** Named values and limits for the answer; never null. */
  public Map<String, ?> fields() {
    return fields;
  }

  /** Whether the same request may succeed later without a change. */
  public boolean retryable() {
    return false;
  }
}
