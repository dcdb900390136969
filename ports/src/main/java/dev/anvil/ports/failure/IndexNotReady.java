package dev.anvil.ports.failure;

import java.util.Map;

/** A derived structure does not cover the demanded cursor yet; retry after a moment. */
public final class IndexNotReady extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** IndexNotReady. */
    BEHIND("IndexNotReady");

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
  public IndexNotReady(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public IndexNotReady(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The family's only reason, without fields. */
  public IndexNotReady(String detail) {
    this(Reason.BEHIND, detail, Map.of());
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
