package dev.anvil.identity;

/**
 * The two chains of the audit log: what was done is kept for ever, what was refused for a while.
 */
public enum AuditLog {
  /** Changes by administrators and by delegation, each in the commit of the change. */
  CHANGES(1),
  /** Calls that were refused, summed where they are many; the newest are kept. */
  DENIALS(2);

  private final int code;

  AuditLog(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
