package dev.anvil.ports.failure;

import java.util.Map;

/** Nobody is proved to be calling; authenticate and try again. Never says which part was wrong. */
public final class Unauthenticated extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** Unauthenticated. */
    CREDENTIALS("Unauthenticated"),
    /** TokenExpired. */
    EXPIRED_TOKEN("TokenExpired"),
    /** Unauthenticated too: there is no such bucket besides, which only S3 says aloud. */
    NO_BUCKET("Unauthenticated");

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
  public Unauthenticated(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public Unauthenticated(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }
}
