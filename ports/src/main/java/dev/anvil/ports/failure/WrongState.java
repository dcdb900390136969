package dev.anvil.ports.failure;

import java.util.Map;

/** The thing exists in a state that forbids the operation. */
public final class WrongState extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** BucketNotEmpty. */
    BUCKET_NOT_EMPTY("BucketNotEmpty"),
    /** BucketClosing. */
    BUCKET_CLOSING("BucketClosing"),
    /** StreamSealed. */
    STREAM_SEALED("StreamSealed"),
    /** DeleteMarker. */
    DELETE_MARKER("DeleteMarker"),
    /** TenantSuspended. */
    TENANT_SUSPENDED("TenantSuspended"),
    /** TenantDeleting. */
    TENANT_DELETING("TenantDeleting"),
    /** SetByConfiguration. */
    SET_BY_CONFIGURATION("SetByConfiguration"),
    /** NotAJsonObject. */
    NOT_A_JSON_OBJECT("NotAJsonObject"),
    /** InvalidBucketState. */
    VERSIONING("InvalidBucketState"),
    /** CaveatEvaluationFailed. */
    CAVEAT("CaveatEvaluationFailed"),
    /** AccessControlListNotSupported. */
    ACL_DISABLED("AccessControlListNotSupported"),
    /** InvalidBucketAclWithObjectOwnership. */
    ACL_OWNERSHIP("InvalidBucketAclWithObjectOwnership");

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
  public WrongState(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public WrongState(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }
}
