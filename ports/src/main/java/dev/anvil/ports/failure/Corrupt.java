package dev.anvil.ports.failure;

import java.util.Map;

/** Stored bytes fail their check; no wrong bytes are returned and a finding is filed. */
public final class Corrupt extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** Corrupt. */
    CORRUPT("Corrupt");

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
  public Corrupt(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public Corrupt(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The family's only reason, without fields. */
  public Corrupt(String detail) {
    this(Reason.CORRUPT, detail, Map.of());
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }
}
