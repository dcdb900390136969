package dev.anvil.identity;

import java.util.Map;

/**
 * What a request was allowed to state about itself, for decisions that rest on relationships.
 *
 * @param context JSON values by name, for conditions
 * @param revisionToken decide at this revision of the relationships or a later one; or null
 */
public record Stated(Map<String, Object> context, String revisionToken) {
  /** Nothing. */
  public static final Stated NOTHING = new Stated(Map.of(), null);
}
