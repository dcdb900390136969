package dev.anvil.ports.failure;

import java.util.Map;

/** Cannot serve now; retry. With {@code maybeApplied} the outcome of a write is unknown. */
public final class Unavailable extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** Unavailable. */
    UNAVAILABLE("Unavailable"),
    /** StorageUnavailable. */
    STORAGE("StorageUnavailable"),
    /** StorageFull. */
    STORAGE_FULL("StorageFull"),
    /** Overloaded. */
    OVERLOADED("Overloaded"),
    /** Timeout. */
    TIMEOUT("Timeout"),
    /** AuthzRevisionUnavailable. */
    AUTHZ_REVISION("AuthzRevisionUnavailable");

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
  private final boolean maybeApplied;

  /** Detail for a person; fields name values and limits. */
  public Unavailable(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
    this.maybeApplied = false;
  }

  /** Without fields. */
  public Unavailable(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  private Unavailable(Reason reason, String detail, boolean maybeApplied, Throwable cause) {
    super(reason, detail, Map.of("maybeApplied", maybeApplied), cause);
    this.reason = reason;
    this.maybeApplied = maybeApplied;
  }

  /** A write whose outcome is unknown: it may or may not be there after recovery. */
  public static Unavailable maybeApplied(String detail, Throwable cause) {
    return new Unavailable(Reason.STORAGE, detail, true, cause);
  }

  /** As above with the precise reason, for example a full disk. */
  public static Unavailable maybeApplied(Reason reason, String detail, Throwable cause) {
    return new Unavailable(reason, detail, true, cause);
  }

  /** Certainly not applied, with the cause. */
  public static Unavailable notApplied(Reason reason, String detail, Throwable cause) {
    return new Unavailable(reason, detail, false, cause);
  }

  /** Whether a write may have been applied. */
  public boolean maybeApplied() {
    return maybeApplied;
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
