package dev.anvil.http.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Refusals of the token endpoint: a problem with the two members that clients of RFC 6749, 5.2 look
 * for. What names an {@code error} of its own keeps it.
 */
public final class TokenProblems {
  /** The member with the error code of RFC 6749. */
  public static final String ERROR = "error";

  private TokenProblems() {}

  /** The same problem with both members. */
  public static Problem of(Problem problem) {
    Map<String, Object> fields = new LinkedHashMap<>(problem.fields());
    fields.putIfAbsent(ERROR, error(problem));
    fields.put("error_description", description(problem.detail()));
    return new Problem(
        problem.status(), problem.code(), problem.detail(), problem.retryable(), fields);
  }

  private static String error(Problem problem) {
    return switch (problem.code()) {
      case "Unauthenticated" -> "invalid_client";
      case "TenantSuspended" -> "unauthorized_client";
      case "InvalidTokenScope", "PermissionDenied" -> "invalid_scope";
      default ->
          switch (problem.status()) {
            case 429, 503 -> "temporarily_unavailable";
            case 500 -> "server_error";
            default -> "invalid_request";
          };
    };
  }

  /** The standard allows printable ASCII without quotation marks and backslashes. */
  private static String description(String detail) {
    if (detail == null) {
      return "";
    }
    StringBuilder out = new StringBuilder(detail.length());
    for (int i = 0; i < detail.length(); i++) {
      char c = detail.charAt(i);
      boolean plain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
      out.append(plain ? c : c == '"' ? '\'' : '?');
    }
    return out.toString();
  }
}
