package dev.anvil.http.route;

import java.util.List;
import java.util.Set;

/**
 * One operation: a method on a path template.
 *
 * @param template segments; one in braces matches any segment
 * @param verb what must follow the last colon of the path, or null
 * @param operation stable name: the method's name in the code and the id in the API document
 * @param open whether it needs no credentials
 * @param anybody whether it may be asked for without credentials where a bucket lets everybody in
 * @param ofTokens whether its refusals speak RFC 6749 too
 * @param body how large a body may be
 * @param query parameters it knows
 * @param refused preconditions that it does not know: a change made against what its caller demands
 *     would be worse than none; of reads none
 * @param plain whether a plain handler answers, not a JAX-RS resource
 */
public record Route(
    String method,
    List<String> template,
    String verb,
    String operation,
    boolean open,
    boolean anybody,
    boolean ofTokens,
    Body.Kind body,
    Set<String> query,
    Set<String> refused,
    boolean plain) {

  boolean matches(List<String> segments, String pathVerb) {
    if (template.size() != segments.size() || !java.util.Objects.equals(verb, pathVerb)) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      boolean fits =
          isVariable(template.get(i))
              ? !segments.get(i).isEmpty()
              : template.get(i).equals(segments.get(i));
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** Literal segments beat variable ones. */
  int weight() {
    int weight = 0;
    for (String segment : template) {
      weight = weight * 2 + (isVariable(segment) ? 0 : 1);
    }
    return weight;
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{");
  }

  /** The template as the API document writes it. */
  public String path() {
    return "/" + String.join("/", template) + (verb == null ? "" : ":" + verb);
  }
}
