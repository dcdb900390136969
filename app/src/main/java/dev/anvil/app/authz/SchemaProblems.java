package dev.anvil.app.authz;

import java.util.List;
import java.util.Map;

/** Problems of a schema as lines for people. */
public final class SchemaProblems {
  private SchemaProblems() {}

  /**
   * One line a problem.
   *
   * @param fields of the failure
   * @param otherwise text if it names no problems
   * @param firstLine line of its file on which the schema begins
   */
  public static String text(Map<String, ?> fields, String otherwise, int firstLine) {
    if (!(fields.get("problems") instanceof List<?> problems) || problems.isEmpty()) {
      return otherwise;
    }
    StringBuilder text =
        new StringBuilder(
            "the schema has "
                + fields.get("count")
                + (problems.size() == 1 ? " problem" : " problems"));
    for (Object problem : problems) {
      if (problem instanceof Map<?, ?> p) {
        text.append('\n').append(line(p, firstLine));
      }
    }
    return text.toString();
  }

  private static String line(Map<?, ?> p, int firstLine) {
    int line = p.get("line") instanceof Number n ? n.intValue() : 1;
    return "%d:%s %s '%s': %s; %s"
        .formatted(
            line + firstLine - 1,
            p.get("column"),
            p.get("code"),
            p.get("name"),
            p.get("rule"),
            p.get("fix"));
  }
}
