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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The one translation of failures of the use cases into S3's. */
public final class Failures {
  private static final Pattern FOREIGN_VERSION = Pattern.compile("[A-Za-z0-9._/+-]{24,1024}");
  private static final String RETRY_SECONDS = "1";

  private static final List<String> OF_POLICIES =
      List.of(
          "This policy contains invalid Json",
          "Policy has invalid resource",
          "Policy has an invalid condition key",
          "Invalid IP address in Conditions");

  /** What clients read where a customer's key would be needed. */
  public static final String CUSTOMER_KEY_LACKS =
      "The object was stored using a form of Server Side Encryption. The correct parameters must"
          + " be provided to retrieve the object.";

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
    if (failure instanceof Invalid f && f.reason() == Invalid.Reason.VERSION_ID) {
      return code == S3Code.InvalidArgument ? "Invalid version id specified" : code.message();
    }
    if (failure instanceof Invalid f
        && f.reason() == Invalid.Reason.BAD_DIGEST
        && f.fields().containsKey("partNumber")) {
      return "The "
          + String.valueOf(f.fields().get("algorithm")).replace("-", "")
          + " you specified for part "
          + f.fields().get("partNumber")
          + " did not match what we received.";
    }
    if (failure instanceof Invalid f && f.reason() == Invalid.Reason.BAD_DIGEST) {
      String name = String.valueOf(f.fields().get("algorithm"));
      String shown = name.replace("-of-parts", "").replace("-", "").toUpperCase(Locale.ROOT);
      return "The "
          + (shown.equals("SHA") ? "SHA1" : shown)
          + " you specified did not match the calculated checksum.";
    }
    if (failure instanceof Denied f && f.reason() == Denied.Reason.LOCKED) {
      return "Access Denied because object protected by object lock.";
    }
    if (Boolean.TRUE.equals(failure.fields().get("customerKey"))) {
      return CUSTOMER_KEY_LACKS;
    }
    if (code == S3Code.BucketNotEmpty && Boolean.TRUE.equals(failure.fields().get("versioned"))) {
      return code.message() + " You must delete all versions in the bucket.";
    }
    if (code == S3Code.MalformedPolicy) {
      return wellKnown(failure.getMessage());
    }
    return switch (code) {
      case InvalidArgument,
          InvalidRequest,
          InvalidTag,
          NotImplemented,
          InvalidBucketState,
          UnauthorizedReservedNamespace,
          AccountProblem ->
          failure.getMessage();
      default -> code.message();
    };
  }

  /** Clients compare these whole; which value broke the rule is in the detail. */
  private static String wellKnown(String message) {
    for (String words : OF_POLICIES) {
      if (message.startsWith(words)) {
        return words;
      }
    }
    return message;
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
      case VERSION_ID ->
          foreign(String.valueOf(failure.fields().get("version")))
              ? S3Code.NoSuchVersion
              : S3Code.InvalidArgument;
      case ARGUMENT,
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
      case RETENTION_PERIOD -> S3Code.InvalidRetentionPeriod;
      case METHOD -> S3Code.MethodNotAllowed;
      case LENGTH_REQUIRED -> S3Code.MissingContentLength;
    };
  }

  /** What some server may have given out, so that here it names nothing; the rest is no id. */
  private static boolean foreign(String version) {
    return FOREIGN_VERSION.matcher(version).matches();
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
      case OBJECT, MANIFEST, STREAM, TENANT, APPLICATION, GRANT, ROUTE, BODY, BACKUP, TARGET ->
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
      if (code == S3Code.MethodNotAllowed) {
        headers.put("Allow", "DELETE");
      }
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
