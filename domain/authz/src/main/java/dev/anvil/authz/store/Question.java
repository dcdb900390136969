package dev.anvil.authz.store;

import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import java.util.List;
import java.util.Map;

/**
 * Is this subject in the member of this object?
 *
 * @param permission permission or relation
 * @param context JSON values by name
 * @param contextual tuples that count for this question alone
 */
public record Question(
    ObjectRef resource,
    String permission,
    SubjectRef subject,
    Map<String, Object> context,
    List<Tuple> contextual) {
  /** Without context and tuples of its own. */
  public static Question of(ObjectRef resource, String permission, SubjectRef subject) {
    return new Question(resource, permission, subject, Map.of(), List.of());
  }
}
