package dev.anvil.ports.failure;

import java.util.Map;

/** A named limit is passed; fields name the limit and the value. */
public final class LimitExceeded extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** TooLarge. */
    TOO_LARGE("TooLarge"),
    /** TooManyRequests. */
    TOO_MANY_REQUESTS("TooManyRequests"),
    /** QuotaExceeded. */
    QUOTA("QuotaExceeded"),
    /** HeadersTooLarge. */
    HEADERS("HeadersTooLarge"),
    /** CheckLimitExceeded. */
    CHECK("CheckLimitExceeded");

    private final String wire;

    Reason(String wire) {
      this.wire = wire;
    }

    @Override
    public String wire() {
      return wire;
    }
  }

  private final Reason reason;

  /** Detail for a person; fields name values and limits. */
  public LimitExceeded(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public LimitExceeded(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }

  @Override
  public boolean retryable() {
    return reason == Reason.TOO_MANY_REQUESTS;
  }
}
