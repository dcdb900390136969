package dev.anvil.http.wire;

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

/** The HTTP status of every failure: the only place that decides one. */
final class Statuses {
  private Statuses() {}

  /** Exhaustive on purpose: a new family does not compile until it has a status. */
  static int of(AnvilException failure) {
    return switch (failure) {
      case Invalid invalid -> invalid(invalid.reason());
      case Unauthenticated _ -> 401;
      case Denied _ -> 403;
      case ReservedNamespace _ -> 403;
      case NotFound _ -> 404;
      case WrongState state -> state(state.reason());
      case PreconditionFailed failed -> precondition(failed.reason());
      case Conflict _ -> 409;
      case LimitExceeded limit -> limit(limit.reason());
      case Expired _ -> 410;
      case IndexNotReady _ -> 503;
      case StaleFence _ -> 503;
      case Unavailable _ -> 503;
      case Corrupt _ -> 500;
      case NotImplemented _ -> 501;
    };
  }

  private static int invalid(Invalid.Reason reason) {
    return switch (reason) {
      case RANGE -> 416;
      case METHOD -> 405;
      case MEDIA_TYPE -> 415;
      case LENGTH_REQUIRED -> 411;
      case ARGUMENT,
          REQUEST,
          BUCKET_NAME,
          KEY,
          JSON,
          METADATA,
          TAG,
          DIGEST,
          BAD_DIGEST,
          INCOMPLETE_BODY,
          VERSION_ID,
          CURSOR,
          PAGE_TOKEN,
          PART,
          PART_ORDER,
          PART_TOO_SMALL,
          TOKEN_SCOPE,
          SCHEMA,
          AUTHZ_SCHEMA,
          TUPLE,
          QUESTION,
          DUPLICATE_UPDATE,
          CAVEAT_HASH,
          CAVEAT_CONTEXT,
          REVISION_TOKEN,
          POLICY,
          ACL,
          CORS ->
          400;
    };
  }

  private static int state(WrongState.Reason reason) {
    return switch (reason) {
      // the version is there, its content is not
      case DELETE_MARKER -> 404;
      case TENANT_SUSPENDED -> 403;
      case CAVEAT -> 422;
      case ACL_DISABLED, ACL_OWNERSHIP -> 409;
      case BUCKET_NOT_EMPTY,
          BUCKET_CLOSING,
          STREAM_SEALED,
          NOT_A_JSON_OBJECT,
          TENANT_DELETING,
          SET_BY_CONFIGURATION,
          VERSIONING ->
          409;
    };
  }

  private static int precondition(PreconditionFailed.Reason reason) {
    return switch (reason) {
      case PRECONDITION -> 412;
      case NOT_MODIFIED -> 304;
    };
  }

  private static int limit(LimitExceeded.Reason reason) {
    return switch (reason) {
      case TOO_LARGE -> 413;
      case TOO_MANY_REQUESTS -> 429;
      case QUOTA -> 403;
      case HEADERS -> 431;
      case CHECK -> 422;
    };
  }
}
