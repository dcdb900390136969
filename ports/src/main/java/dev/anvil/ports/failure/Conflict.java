package dev.anvil.ports.failure;

import java.util.Map;

/**
 * Another fact stands in the way: a name taken, a retry that does not match, a try still running.
 */
public final class Conflict extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** BucketAlreadyExists. */
    BUCKET_EXISTS("BucketAlreadyExists"),
    /** AlreadyExists. */
    ALREADY_EXISTS("AlreadyExists"),
    /** IdempotencyMismatch. */
    IDEMPOTENCY_MISMATCH("IdempotencyMismatch"),
    /** OperationInProgress. */
    IN_PROGRESS("OperationInProgress"),
    /** TupleExists. */
    TUPLE_EXISTS("TupleExists"),
    /** SchemaInUse. */
    SCHEMA_IN_USE("SchemaInUse"),
    /** CanaryFailed. */
    CANARY_FAILED("CanaryFailed");

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
  public Conflict(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public Conflict(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }

  @Override
  public boolean retryable() {
    return reason == Reason.IN_PROGRESS;
  }
}
