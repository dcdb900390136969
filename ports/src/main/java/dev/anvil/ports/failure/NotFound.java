package dev.anvil.ports.failure;

import java.util.Map;

/** The named thing does not exist for this caller. */
public final class NotFound extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** BucketNotFound. */
    BUCKET("BucketNotFound"),
    /** ObjectNotFound. */
    OBJECT("ObjectNotFound"),
    /** VersionNotFound. */
    VERSION("VersionNotFound"),
    /** UploadNotFound. */
    UPLOAD("UploadNotFound"),
    /** ManifestNotFound. */
    MANIFEST("ManifestNotFound"),
    /** StreamNotFound. */
    STREAM("StreamNotFound"),
    /** TenantNotFound. */
    TENANT("TenantNotFound"),
    /** ApplicationNotFound. */
    APPLICATION("ApplicationNotFound"),
    /** GrantNotFound. */
    GRANT("GrantNotFound"),
    /** NotFound. */
    ROUTE("NotFound"),
    /** BodyNotFound. */
    BODY("BodyNotFound"),
    /** BucketNotFound too: the bucket is another tenant's, which only S3 says aloud. */
    FOREIGN_BUCKET("BucketNotFound"),
    /** PolicyNotFound. */
    POLICY("PolicyNotFound"),
    /** PublicAccessBlockNotFound. */
    ACCESS_BLOCK("PublicAccessBlockNotFound"),
    /** OwnershipControlsNotFound. */
    OWNERSHIP("OwnershipControlsNotFound"),
    /** CorsNotFound. */
    CORS("CorsNotFound"),
    /** BackupNotFound. */
    BACKUP("BackupNotFound");

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
  public NotFound(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public NotFound(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }
}
