package dev.anvil.ports.failure;

import java.util.Map;

/** The request is malformed or breaks a rule of shape; the caller must change it. */
public final class Invalid extends AnvilException {
  private static final long serialVersionUID = 1L;

  /** The wire codes of this family. */
  public enum Reason implements Code {
    /** InvalidArgument. */
    ARGUMENT("InvalidArgument"),
    /** InvalidRequest. */
    REQUEST("InvalidRequest"),
    /** InvalidBucketName. */
    BUCKET_NAME("InvalidBucketName"),
    /** InvalidKey. */
    KEY("InvalidKey"),
    /** InvalidJson. */
    JSON("InvalidJson"),
    /** InvalidMetadata. */
    METADATA("InvalidMetadata"),
    /** InvalidTag. */
    TAG("InvalidTag"),
    /** InvalidDigest. */
    DIGEST("InvalidDigest"),
    /** BadDigest. */
    BAD_DIGEST("BadDigest"),
    /** IncompleteBody. */
    INCOMPLETE_BODY("IncompleteBody"),
    /** InvalidVersionId. */
    VERSION_ID("InvalidVersionId"),
    /** InvalidCursor. */
    CURSOR("InvalidCursor"),
    /** InvalidPageToken. */
    PAGE_TOKEN("InvalidPageToken"),
    /** InvalidPart. */
    PART("InvalidPart"),
    /** InvalidPartOrder. */
    PART_ORDER("InvalidPartOrder"),
    /** PartTooSmall. */
    PART_TOO_SMALL("PartTooSmall"),
    /** RangeNotSatisfiable. */
    RANGE("RangeNotSatisfiable"),
    /** InvalidTokenScope. */
    TOKEN_SCOPE("InvalidTokenScope"),
    /** InvalidSchema. */
    SCHEMA("InvalidSchema"),
    /** MethodNotAllowed. */
    METHOD("MethodNotAllowed"),
    /** UnsupportedMediaType. */
    MEDIA_TYPE("UnsupportedMediaType"),
    /** LengthRequired. */
    LENGTH_REQUIRED("LengthRequired"),
    /** SchemaInvalid. */
    AUTHZ_SCHEMA("SchemaInvalid"),
    /** TupleInvalid. */
    TUPLE("TupleInvalid"),
    /** QuestionInvalid. */
    QUESTION("QuestionInvalid"),
    /** DuplicateUpdate. */
    DUPLICATE_UPDATE("DuplicateUpdate"),
    /** InvalidCaveatHash. */
    CAVEAT_HASH("InvalidCaveatHash"),
    /** CaveatContextInvalid. */
    CAVEAT_CONTEXT("CaveatContextInvalid"),
    /** InvalidRevisionToken. */
    REVISION_TOKEN("InvalidRevisionToken"),
    /** MalformedPolicy. */
    POLICY("MalformedPolicy"),
    /** InvalidAcl. */
    ACL("InvalidAcl"),
    /** InvalidCors. */
    CORS("InvalidCors");

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
  public Invalid(Reason reason, String detail, Map<String, ?> fields) {
    super(reason, detail, fields);
    this.reason = reason;
  }

  /** Without fields. */
  public Invalid(Reason reason, String detail) {
    this(reason, detail, Map.of());
  }

  /** The precise reason. */
  public Reason reason() {
    return reason;
  }
}
