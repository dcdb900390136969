package dev.anvil.ports.failure;

import java.util.Map;

/** A newer holder has taken the lease or the term; this holder must stop. */
public final class StaleFence extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** StaleFence. */
    FENCE("StaleFence");

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
  public StaleFence(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public StaleFence(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The family's only reason, without fields. */
  public StaleFence(String detail) {
    this(Reason.FENCE, detail, Map.of());
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
