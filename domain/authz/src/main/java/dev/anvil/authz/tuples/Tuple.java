package dev.anvil.authz.tuples;

import java.time.Instant;
import java.util.Map;

/**
 * Who stands in which relation to what.
 *
 * @param caveat condition, or null
 * @param expiresAt dead from then on, or null
 */
public record Tuple(
    ObjectRef resource, String relation, SubjectRef subject, Caveat caveat, Instant expiresAt) {
  /**
   * A condition with stored context.
   *
   * @param name of the caveat
   * @param context JSON values; empty for none
   * @param hash identity that the caveat must have, or null
   */
  public record Caveat(String name, Map<String, Object> context, String hash) {}

  /** Without condition and expiry. */
  public static Tuple of(ObjectRef resource, String relation, SubjectRef subject) {
    return new Tuple(resource, relation, subject, null, null);
  }

  /** Resource, relation and subject as text. */
  public String key() {
    return resource + "#" + relation + "@" + subject;
  }

  @Override
  public String toString() {
    return TupleText.format(this);
  }
}
