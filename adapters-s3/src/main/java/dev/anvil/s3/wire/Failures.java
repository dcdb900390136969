package dev.anvil.s3.wire;

import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Expired;
import dev.anvil.ports.failure.IndexNotReady;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.NotImplemented;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.ports.failure.ReservedNamespace;
import dev.anvil.ports.failure.StaleFence;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.failure.WrongState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The one translation of failures of the use cases into S3's. */
public final class Failures {
  private static final String RETRY_SECONDS = "1";

  private Failures() {}

  /** How S3 says it. */
  public static S3Failure of(AnvilException failure) {
    S3Code code = code(failure);
    return new S3Failure(
        code,
        message(failure, code),
        code == S3Code.AccessDenied ? Map.of() : Map.of("Detail", failure.getMessage()),
        headers(failure, code));
  }

  /** What clients are used to read; our own words say more beside it. */
  public static String message(AnvilException failure, S3Code code) {
    if (failure instanceof Invalid f && f.reason() == Invalid.Reason.BAD_DIGEST) {
      String name = String.valueOf(f.fields().get("algorithm"));
      String shown = name.replace("-of-parts", "").replace("-", "").toUpperCase(Locale.ROOT);
      return "The "
          + (shown.equals("SHA") ? "SHA1" : shown)
          + " you specified did not match the calculated checksum.";
    }
    return switch (code) {
      case InvalidArgument,
          InvalidRequest,
          InvalidTag,
          NotImplemented,
          MalformedPolicy,
          InvalidBucketState,
          UnauthorizedReservedNamespace,
          AccountProblem ->
          failure.getMessage();
      default -> code.message();
    };
  }

  /** The code of a failure; every failure has one. */
  public static S3Code code(AnvilException failure) {
    return switch (failure) {
      case Invalid f -> invalid(f);
      case Unauthenticated f ->
          switch (f.reason()) {
            case CREDENTIALS, EXPIRED_TOKEN -> S3Code.AccessDenied;
            case NO_BUCKET -> S3Code.NoSuchBucket;
          };
      case Denied _ -> S3Code.AccessDenied;
      case ReservedNamespace _ -> S3Code.UnauthorizedReservedNamespace;
      case NotFound f -> notFound(f);
      case WrongState f -> wrongState(f);
      case PreconditionFailed f ->
          switch (f.reason()) {
            case PRECONDITION -> S3Code.PreconditionFailed;
            case NOT_MODIFIED -> S3Code.NotModified;
          };
      case Conflict f -> conflict(f);
      case LimitExceeded f -> limit(f);
      case Expired _ -> S3Code.InvalidArgument;
      case IndexNotReady _, StaleFence _ -> S3Code.ServiceUnavailable;
      case Unavailable f -> unavailable(f);
      case Corrupt _ -> S3Code.InternalError;
      case NotImplemented _ -> S3Code.NotImplemented;
    };
  }

  private static S3Code invalid(Invalid failure) {
    return switch (failure.reason()) {
      case ARGUMENT,
          VERSION_ID,
          CURSOR,
          PAGE_TOKEN,
          JSON,
          TOKEN_SCOPE,
          SCHEMA,
          MEDIA_TYPE,
          AUTHZ_SCHEMA,
          TUPLE,
          QUESTION,
          DUPLICATE_UPDATE,
          CAVEAT_HASH,
          CAVEAT_CONTEXT,
          REVISION_TOKEN,
          ACL ->
          S3Code.InvalidArgument;
      case POLICY -> S3Code.MalformedPolicy;
      case CORS -> S3Code.InvalidRequest;
      case REQUEST -> S3Code.InvalidRequest;
      case BUCKET_NAME -> S3Code.InvalidBucketName;
      case KEY ->
          failure.fields().containsKey("limit") && tooLong(failure)
              ? S3Code.KeyTooLongError
              : S3Code.InvalidURI;
      case METADATA ->
          failure.fields().containsKey("limit") ? S3Code.MetadataTooLarge : S3Code.InvalidArgument;
      case TAG -> S3Code.InvalidTag;
      case DIGEST -> S3Code.InvalidDigest;
      case BAD_DIGEST -> S3Code.BadDigest;
      case INCOMPLETE_BODY -> S3Code.IncompleteBody;
      case PART -> S3Code.InvalidPart;
      case PART_ORDER -> S3Code.InvalidPartOrder;
      case PART_TOO_SMALL -> S3Code.EntityTooSmall;
      case RANGE -> S3Code.InvalidRange;
      case METHOD -> S3Code.MethodNotAllowed;
      case LENGTH_REQUIRED -> S3Code.MissingContentLength;
    };
  }

  private static boolean tooLong(Invalid failure) {
    return failure.fields().get("bytes") instanceof Number bytes
        && failure.fields().get("limit") instanceof Number limit
        && bytes.longValue() > limit.longValue();
  }

  private static S3Code notFound(NotFound failure) {
    return switch (failure.reason()) {
      case BUCKET -> S3Code.NoSuchBucket;
      case VERSION -> S3Code.NoSuchVersion;
      case UPLOAD -> S3Code.NoSuchUpload;
      case OBJECT, MANIFEST, STREAM, TENANT, APPLICATION, GRANT, ROUTE, BODY, BACKUP ->
          S3Code.NoSuchKey;
      case FOREIGN_BUCKET -> S3Code.AccessDenied;
      case POLICY -> S3Code.NoSuchBucketPolicy;
      case ACCESS_BLOCK -> S3Code.NoSuchPublicAccessBlockConfiguration;
      case OWNERSHIP -> S3Code.OwnershipControlsNotFoundError;
      case CORS -> S3Code.NoSuchCORSConfiguration;
    };
  }

  private static S3Code wrongState(WrongState failure) {
    return switch (failure.reason()) {
      case BUCKET_NOT_EMPTY -> S3Code.BucketNotEmpty;
      case BUCKET_CLOSING -> S3Code.NoSuchBucket;
      case STREAM_SEALED, NOT_A_JSON_OBJECT, TENANT_DELETING, SET_BY_CONFIGURATION ->
          S3Code.InvalidRequest;
      case DELETE_MARKER -> S3Code.MethodNotAllowed;
      case TENANT_SUSPENDED -> S3Code.AccountProblem;
      case VERSIONING -> S3Code.InvalidBucketState;
      // a relationship that cannot be decided opens nothing
      case CAVEAT -> S3Code.AccessDenied;
      case ACL_DISABLED -> S3Code.AccessControlListNotSupported;
      case ACL_OWNERSHIP -> S3Code.InvalidBucketAclWithObjectOwnership;
    };
  }

  private static S3Code conflict(Conflict failure) {
    return switch (failure.reason()) {
      case BUCKET_EXISTS -> S3Code.BucketAlreadyExists;
      case ALREADY_EXISTS, IDEMPOTENCY_MISMATCH, TUPLE_EXISTS, SCHEMA_IN_USE, CANARY_FAILED ->
          S3Code.ConditionalRequestConflict;
      case IN_PROGRESS -> S3Code.OperationAborted;
    };
  }

  private static S3Code limit(LimitExceeded failure) {
    return switch (failure.reason()) {
      case TOO_LARGE -> S3Code.EntityTooLarge;
      case TOO_MANY_REQUESTS, CHECK -> S3Code.SlowDown;
      case QUOTA -> S3Code.QuotaExceeded;
      case HEADERS -> S3Code.RequestHeaderSectionTooLarge;
    };
  }

  private static S3Code unavailable(Unavailable failure) {
    return switch (failure.reason()) {
      case OVERLOADED -> S3Code.SlowDown;
      case UNAVAILABLE, STORAGE, STORAGE_FULL, TIMEOUT, AUTHZ_REVISION -> S3Code.ServiceUnavailable;
    };
  }

  private static Map<String, String> headers(AnvilException failure, S3Code code) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (code.status() == 503) {
      Object after = failure.fields().get("retryAfterSeconds");
      headers.put("Retry-After", after == null ? RETRY_SECONDS : after.toString());
    }
    Map<String, ?> fields = failure.fields();
    if (code == S3Code.NotModified && fields.get("etag") instanceof String etag) {
      headers.put("ETag", '"' + etag + '"');
      lastModified(fields, headers);
    }
    if (code == S3Code.NoSuchKey && Boolean.TRUE.equals(fields.get("deleteMarker"))
        || code == S3Code.MethodNotAllowed && failure instanceof WrongState) {
      headers.put("x-amz-delete-marker", "true");
      if (fields.get("version") instanceof String version) {
        headers.put("x-amz-version-id", version);
      }
      lastModified(fields, headers);
    }
    return headers;
  }

  private static void lastModified(Map<String, ?> fields, Map<String, String> headers) {
    if (fields.get("lastModified") instanceof String at) {
      headers.put("Last-Modified", Dates.http(Instant.parse(at)));
    }
  }
}
