package dev.anvil.s3.wire;

/** Every error code this gateway answers, with its HTTP status. The name is the wire's. */
public enum S3Code {
  AccessControlListNotSupported(400, "The bucket does not allow ACLs"),
  AccessDenied(403, "Access Denied."),
  AccessForbidden(403),
  AccountProblem(403),
  AuthorizationHeaderMalformed(400),
  AuthorizationQueryParametersError(400),
  BadDigest(400, "The Content-MD5 you specified did not match what we received."),
  BadRequest(400),
  BucketAlreadyExists(
      409,
      "The requested bucket name is not available. The bucket namespace is shared by all users of"
          + " the system. Please select a different name and try again."),
  BucketAlreadyOwnedByYou(
      409, "Your previous request to create the named bucket succeeded and you already own it."),
  BucketNotEmpty(409, "The bucket you tried to delete is not empty."),
  ConditionalRequestConflict(
      409, "A conflicting operation occurred during the request. Please try again."),
  EntityTooLarge(400, "Your proposed upload exceeds the maximum allowed object size."),
  EntityTooSmall(400, "Your proposed upload is smaller than the minimum allowed size"),
  ExpiredToken(400),
  IllegalLocationConstraintException(400),
  IllegalVersioningConfigurationException(400),
  IncompleteBody(400, "The request body terminated unexpectedly"),
  IncorrectNumberOfFilesInPostRequest(400),
  InternalError(500, "We encountered an internal error, please try again."),
  InvalidAccessKeyId(403, "The AWS Access Key Id you provided does not exist in our records."),
  InvalidArgument(400),
  InvalidBucketAclWithObjectOwnership(
      400, "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"),
  InvalidBucketName(400, "The specified bucket is not valid."),
  InvalidBucketState(409),
  InvalidChunkSizeError(400, "Only the last chunk is allowed to have a size less than 8192 bytes"),
  InvalidEncryptionAlgorithmError(
      400, "The encryption request you specified is not valid. The valid value is AES256."),
  InvalidDigest(400, "The Content-Md5 you specified is not valid."),
  InvalidLocationConstraint(400, "The specified location-constraint is not valid"),
  InvalidObjectState(403),
  InvalidPart(
      400,
      "One or more of the specified parts could not be found.  The part may not have been uploaded,"
          + " or the specified entity tag may not match the part's entity tag."),
  InvalidPartNumber(416, "The requested partnumber is not satisfiable."),
  InvalidPartOrder(
      400, "The list of parts was not in ascending order. Parts must be ordered by part number."),
  InvalidPolicyDocument(400),
  InvalidRange(416, "The requested range is not satisfiable"),
  InvalidRedirectLocation(
      400, "The website redirect location must have a prefix of 'http://' or 'https://' or '/'."),
  InvalidRequest(400),
  InvalidRetentionPeriod(400),
  InvalidStorageClass(400, "The storage class you specified is not valid"),
  InvalidTag(400, "The TagKey you have provided is invalid"),
  InvalidToken(400, "The provided token is malformed or otherwise invalid."),
  InvalidURI(400, "The specified URI couldn't be parsed."),
  KeyTooLongError(400, "Your key is too long."),
  MalformedACLError(
      400,
      "The XML you provided was not well-formed or did not validate against our published schema."),
  MalformedPOSTRequest(400),
  MalformedPolicy(400),
  MalformedTrailerError(
      400,
      "The request contained trailing data that was not well-formed or did not conform to our"
          + " published schema."),
  MalformedXML(
      400,
      "The XML you provided was not well-formed or did not validate against our published schema."),
  MaxPostPreDataLengthExceeded(400),
  MaxMessageLengthExceeded(400, "Your request was too big."),
  MetadataTooLarge(400, "Your metadata headers exceed the maximum allowed metadata size"),
  MethodNotAllowed(405, "The specified method is not allowed against this resource."),
  MissingContentLength(411, "You must provide the Content-Length HTTP header."),
  MissingRequestBodyError(400, "Request Body is empty"),
  MissingSecurityHeader(400, "Your request was missing a required header"),
  NoSuchBucket(404, "The specified bucket does not exist."),
  NoSuchBucketPolicy(404, "The bucket policy does not exist"),
  NoSuchCORSConfiguration(404, "The CORS configuration does not exist"),
  NoSuchKey(404, "The specified key does not exist."),
  NoSuchLifecycleConfiguration(404),
  NoSuchObjectLockConfiguration(
      404, "The specified object does not have a ObjectLock configuration"),
  NoSuchPublicAccessBlockConfiguration(404, "The public access block configuration was not found"),
  NoSuchTagSet(404, "The TagSet does not exist."),
  NoSuchUpload(
      404,
      "The specified multipart upload does not exist. The upload ID may be invalid, or the upload"
          + " may have been aborted or completed."),
  NoSuchVersion(404, "The specified version does not exist."),
  NotImplemented(501),
  NotModified(304, "Not Modified"),
  ObjectLockConfigurationNotFoundError(404),
  OperationAborted(
      409,
      "A conflicting conditional operation is currently in progress against this resource. Please"
          + " try again."),
  OwnershipControlsNotFoundError(404, "The bucket ownership controls were not found"),
  PreconditionFailed(412, "At least one of the pre-conditions you specified did not hold."),
  QuotaExceeded(403, "Your request was denied due to quota exceeded."),
  RequestHeaderSectionTooLarge(
      400, "Your request header section exceeds the maximum allowed size."),
  RequestTimeTooSkewed(403),
  RequestTimeout(400),
  ServerSideEncryptionConfigurationNotFoundError(404),
  ServiceUnavailable(503, "Service is unable to handle request."),
  SignatureDoesNotMatch(403),
  SlowDown(503, "Please reduce your request rate."),
  TooManyBuckets(400),
  UnauthorizedReservedNamespace(403),
  UnexpectedContent(400, "This request does not support content."),
  UnresolvableGrantByEmailAddress(
      400, "The e-mail address you provided does not match any account on record."),
  XAmzContentSHA256Mismatch(
      400, "The provided 'x-amz-content-sha256' header does not match what was computed.");

  private final int status;
  private final String message;

  S3Code(int status) {
    this(status, null);
  }

  S3Code(int status, String message) {
    this.status = status;
    this.message = message;
  }

  /** What clients are used to read with it; the name where there is nothing usual. */
  public String message() {
    return message == null ? name() : message;
  }

  /** HTTP status of an answer with this code. */
  public int status() {
    return status;
  }
}
