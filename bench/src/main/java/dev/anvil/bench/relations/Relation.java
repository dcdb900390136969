package dev.anvil.bench.relations;

/**
 * The parts of a tuple's text.
 *
 * @param type of the resource
 * @param id of the resource
 * @param relation in which the subject stands
 * @param subjectType of the subject
 * @param subjectId of the subject
 * @param subjectRelation of a set of subjects, null for a single one
 * @param condition its name, null for none
 */
record Relation(
    String type,
    String id,
    String relation,
    String subjectType,
    String subjectId,
    String subjectRelation,
    String condition) {

  /** Reads {@code type:id#relation@type:id#relation[condition]}; the last two may be missing. */
  static Relation parse(String text) {
    int open = text.indexOf('[');
    String condition = open < 0 ? null : text.substring(open + 1, text.length() - 1);
    String[] sides = (open < 0 ? text : text.substring(0, open)).split("@");
    String[] left = sides[0].split("[:#]");
    String[] right = sides[1].split("[:#]");
    return new Relation(
        left[0],
        left[1],
        left[2],
        right[0],
        right[1],
        right.length > 2 ? right[2] : null,
        condition);
  }
}
