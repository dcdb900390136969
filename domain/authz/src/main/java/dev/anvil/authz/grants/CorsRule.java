package dev.anvil.authz.grants;

import dev.anvil.ports.failure.Invalid;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What scripts of other origins may do in a bucket, as far as browsers ask. It grants nothing.
 *
 * @param id or null
 * @param origins with at most one star each
 * @param methods of {@link #METHODS}
 * @param headers with at most one star each
 * @param exposed headers of answers that scripts may read
 * @param maxAge seconds for which browsers may remember it, or -1
 */
public record CorsRule(
    String id,
    List<String> origins,
    List<String> methods,
    List<String> headers,
    List<String> exposed,
    int maxAge) {
  /** Methods there may be rules for. */
  public static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");

  private static final int MAX_ID = 255;

  /** What no name of a header holds. */
  private static final String NO_NAME = "\"(),/:;<=>?@[\\]{}";

  /** Checks. */
  public CorsRule {
    origins = List.copyOf(origins);
    methods = List.copyOf(methods);
    headers = List.copyOf(headers);
    exposed = List.copyOf(exposed);
    if (id != null && id.length() > MAX_ID) {
      throw invalid("The ID of a CORS rule has at most " + MAX_ID + " characters.", id);
    }
    if (origins.isEmpty() || methods.isEmpty()) {
      throw invalid("A CORS rule names at least one AllowedOrigin and one AllowedMethod.", "");
    }
    for (String method : methods) {
      if (!METHODS.contains(method)) {
        throw invalid(
            "Found unsupported HTTP method in CORS config. Unsupported method is " + method,
            method);
      }
    }
    origins.forEach(origin -> oneStar("AllowedOrigin", origin));
    headers.forEach(header -> oneStar("AllowedHeader", header));
    headers.forEach(header -> requireName("AllowedHeader", header));
    for (String header : exposed) {
      if (header.indexOf('*') >= 0) {
        throw invalid(
            "ExposeHeader \""
                + header
                + "\" contains wildcard. We currently do not support wildcard for ExposeHeader.",
            header);
      }
      requireName("ExposeHeader", header);
    }
  }

  private static void requireName(String what, String header) {
    if (!header.chars().allMatch(c -> c > 0x20 && c < 0x7F && NO_NAME.indexOf(c) < 0)) {
      throw invalid(what + " \"" + header + "\" contains invalid character.", header);
    }
  }

  private static void oneStar(String what, String text) {
    if (text.indexOf('*') != text.lastIndexOf('*')) {
      throw invalid(what + " \"" + text + "\" can not have more than one wildcard.", text);
    }
  }

  private static Invalid invalid(String message, String value) {
    return new Invalid(Invalid.Reason.CORS, message, Map.of("value", value));
  }

  /** Whether it is about this origin and method. */
  public boolean fits(String origin, String method) {
    return methods.contains(method) && origins.stream().anyMatch(o -> match(o, origin));
  }

  /** Whether scripts may send all of these headers. */
  public boolean takes(List<String> asked) {
    return asked.stream()
        .allMatch(name ->
            headers.stream()
                .anyMatch(h -> match(h.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))));
  }

  /** Whether it is for scripts of every origin. */
  public boolean forAll() {
    return origins.contains("*");
  }

  private static boolean match(String pattern, String text) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(text);
    }
    String head = pattern.substring(0, star);
    String tail = pattern.substring(star + 1);
    return text.length() >= head.length() + tail.length()
        && text.startsWith(head)
        && text.endsWith(tail);
  }
}
