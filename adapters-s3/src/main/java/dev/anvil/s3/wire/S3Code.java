package dev.anvil.s3.wire;

/** Every error code this gateway answers, with its HTTP status. The name is the wire's. */
public enum S3Code {
  AccessDenied(403),
  AccessForbidden(403),
  AccountProblem(403),
  AuthorizationHeaderMalformed(400),
  AuthorizationQueryParametersError(400),
  BadDigest(400),
  BucketAlreadyExists(409),
  BucketAlreadyOwnedByYou(409),
  BucketNotEmpty(409),
  ConditionalRequestConflict(409),
  EntityTooLarge(400),
  EntityTooSmall(400),
  ExpiredToken(400),
  IllegalLocationConstraintException(400),
  IllegalVersioningConfigurationException(400),
  IncompleteBody(400),
  IncorrectNumberOfFilesInPostRequest(400),
  InternalError(500),
  InvalidAccessKeyId(403),
  InvalidArgument(400),
  InvalidBucketName(400),
  InvalidBucketState(409),
  InvalidChunkSizeError(400),
  InvalidDigest(400),
  InvalidLocationConstraint(400),
  InvalidObjectState(403),
  InvalidPart(400),
  InvalidPartNumber(416),
  InvalidPartOrder(400),
  InvalidPolicyDocument(400),
  InvalidRange(416),
  InvalidRequest(400),
  InvalidStorageClass(400),
  InvalidTag(400),
  InvalidToken(400),
  InvalidURI(400),
  KeyTooLongError(400),
  MalformedACLError(400),
  MalformedPOSTRequest(400),
  MalformedTrailerError(400),
  MalformedXML(400),
  MaxMessageLengthExceeded(400),
  MetadataTooLarge(400),
  MethodNotAllowed(405),
  MissingContentLength(411),
  MissingRequestBodyError(400),
  MissingSecurityHeader(400),
  NoSuchBucket(404),
  NoSuchBucketPolicy(404),
  NoSuchCORSConfiguration(404),
  NoSuchKey(404),
  NoSuchLifecycleConfiguration(404),
  NoSuchTagSet(404),
  NoSuchUpload(404),
  NoSuchVersion(404),
  NotImplemented(501),
  NotModified(304),
  ObjectLockConfigurationNotFoundError(404),
  OperationAborted(409),
  OwnershipControlsNotFoundError(404),
  PreconditionFailed(412),
  QuotaExceeded(403),
  RequestHeaderSectionTooLarge(400),
  RequestTimeTooSkewed(403),
  RequestTimeout(400),
  ServerSideEncryptionConfigurationNotFoundError(404),
  ServiceUnavailable(503),
  SignatureDoesNotMatch(403),
  SlowDown(503),
  TooManyBuckets(400),
  UnauthorizedReservedNamespace(403),
  UnexpectedContent(400),
  XAmzContentSHA256Mismatch(400);

  private final int status;

  S3Code(int status) {
    this.status = status;
  }

  /** HTTP status of an answer with this code. */
  public int status() {
    return status;
  }
}
