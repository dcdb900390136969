package dev.anvil.http.wire;

import dev.anvil.ports.failure.AnvilException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An answer that says no, as RFC 9457 has it.
 *
 * @param code stable, for programs
 * @param fields values and limits the detail speaks of
 */
public record Problem(
    int status, String code, String detail, boolean retryable, Map<String, ?> fields) {

  private static final Pattern WORDS =
      Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  /** What a failure of the domain looks like from outside. */
  public static Problem of(AnvilException failure) {
    return new Problem(
        Statuses.of(failure),
        failure.code().wire(),
        failure.getMessage(),
        failure.retryable(),
        failure.fields());
  }

  /** A failure nobody foresaw: the log has it under the request id, the wire has nothing of it. */
  public static Problem internal() {
    return new Problem(
        500,
        "Internal",
        "The server failed in a way it did not foresee. Report the request id.",
        false,
        Map.of());
  }

  /** The members, in the order they are written. */
  public Map<String, Object> members(String requestId) {
    Map<String, Object> out = new LinkedHashMap<>();
    fields.forEach(out::put);
    Map<String, Object> ordered = new LinkedHashMap<>();
    ordered.put("type", "about:blank");
    ordered.put("title", title());
    ordered.put("status", status);
    ordered.put("code", code);
    ordered.put("detail", detail == null ? "" : detail);
    ordered.put("requestId", requestId);
    ordered.put("retryable", retryable);
    out.forEach(ordered::putIfAbsent);
    return ordered;
  }

  private String title() {
    // NoSuchKey -> No such key: the code is the title, spelled for people
    String spaced = WORDS.matcher(code).replaceAll(" ").toLowerCase(java.util.Locale.ROOT);
    return spaced.isEmpty() ? code : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
  }
}
