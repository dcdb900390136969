package dev.anvil.ports.failure;

import java.util.Map;

/** What the caller held is too old to go on from; fields say where to start again. */
public final class Expired extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** CursorExpired. */
    CURSOR("CursorExpired"),
    /** RevisionExpired. */
    REVISION("RevisionExpired"),
    /** GroupDeleted. */
    GROUP("GroupDeleted"),
    /** LogTrimmed. */
    LOG("LogTrimmed");

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
  public Expired(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public Expired(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }
}
