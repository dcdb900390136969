package dev.anvil.ports.failure;

import java.util.Map;

/** The caller is known and may not; nothing is said of whether the subject exists. */
public final class Denied extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** PermissionDenied. */
    PERMISSION("PermissionDenied"),
    /** ObjectLocked. */
    LOCKED("ObjectLocked"),
    /** CustomerKeyMismatch. */
    CUSTOMER_KEY("CustomerKeyMismatch");

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
  public Denied(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public Denied(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** For lack of a right, without fields. */
  public Denied(String detail) {
    this(Reason.PERMISSION, detail, Map.of());
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }
}
