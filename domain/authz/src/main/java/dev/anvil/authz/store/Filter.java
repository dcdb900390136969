package dev.anvil.authz.store;

import dev.anvil.ports.failure.Invalid;

/**
 * Which tuples. Absent parts match anything; at least the resource's type, or type and id of the
 * subject, are there.
 *
 * @param subjectRelation {@code ...} for plain objects only
 */
public record Filter(
    String type,
    String id,
    String idPrefix,
    String relation,
    String subjectType,
    String subjectId,
    String subjectRelation) {
  /** Refuses what could not be sought. */
  public Filter {
    if (type == null && (subjectType == null || subjectId == null)) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "a filter names at least the resource type, or subject type and subject id");
    }
    if (type == null && (id != null || idPrefix != null)) {
      throw new Invalid(Invalid.Reason.ARGUMENT, "an id in a filter needs the resource type");
    }
  }

  /** Tuples of one type. */
  public static Filter ofType(String type) {
    return new Filter(type, null, null, null, null, null, null);
  }
}
