package dev.anvil.ports.failure;

import java.util.Map;

/** A condition the caller stated is false; re-read and decide again. */
public final class PreconditionFailed extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** PreconditionFailed. */
    PRECONDITION("PreconditionFailed"),
    /** NotModified. */
    NOT_MODIFIED("NotModified");

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
  public PreconditionFailed(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public PreconditionFailed(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }
}
