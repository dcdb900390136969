package dev.anvil.ports.failure;

import java.util.Map;

/** The name lies under {@code _anvil}; decided before existence or permission, for every caller. */
public final class ReservedNamespace extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** UnauthorizedReservedNamespace. */
    RESERVED("UnauthorizedReservedNamespace");

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
  public ReservedNamespace(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public ReservedNamespace(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The family's only reason, without fields. */
  public ReservedNamespace(String detail) {
    this(Reason.RESERVED, detail, Map.of());
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }
}
