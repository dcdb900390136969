package dev.anvil.ports.failure;

import java.util.Map;

/** A capability this server does not have; the detail names it. */
public final class NotImplemented extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** NotImplemented. */
    CAPABILITY("NotImplemented");

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
  public NotImplemented(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public NotImplemented(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The family's only reason, without fields. */
  public NotImplemented(String detail) {
    this(Reason.CAPABILITY, detail, Map.of());
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }
}
