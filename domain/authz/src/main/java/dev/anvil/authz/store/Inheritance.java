package dev.anvil.authz.store;

import dev.anvil.authz.schema.Plan;
import dev.anvil.authz.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether folders and objects of a schema inherit as the server's own do: then what no tuple names
 * is seen exactly by those who manage, read or list the folder it is in, and walks can pass over
 * whole folders at once.
 */
public final class Inheritance {
  private static final Map<String, String> FOLDER =
      Map.of(
          "manage", "(owner | parent>manage)",
          "read", "((manage | parent>read | reader) - banned)",
          "list", "((lister | manage | parent>list | reader) - banned)");
  private static final Map<String, String> OBJECT =
      Map.of(
          "manage", "(owner | parent>manage)",
          "read", "((manage | parent>read | reader) - banned)",
          "see", "((parent>list | read) - banned)");

  private Inheritance() {}

  /** Whether it is so. */
  public static boolean plain(Schema schema) {
    return !schema.redefinesSystem()
        || is(schema.type(SystemNames.FOLDER), FOLDER)
            && is(schema.type(SystemNames.OBJECT), OBJECT);
  }

  private static boolean is(Schema.Type type, Map<String, String> expected) {
    return expected.entrySet().stream()
        .allMatch(e -> {
          Schema.Member m = type.member(e.getKey());
          return !m.relation() && text(m.plan()).equals(e.getValue());
        });
  }

  /** The expression with its operands in the order of their texts. */
  static String text(Plan plan) {
    return switch (plan) {
      case Plan.Or or -> joined(or.operands(), " | ");
      case Plan.And and -> joined(and.operands(), " & ");
      case Plan.Minus m -> "(" + text(m.base()) + " - " + text(m.subtracted()) + ")";
      case Plan.Same same -> same.member().name();
      case Plan.Hop hop -> hop.relation().name() + (hop.all() ? ">>" : ">") + target(hop);
      case Plan.Never _ -> "nil";
      case Plan.Itself _ -> "self";
    };
  }

  private static String joined(List<Plan> operands, String by) {
    return operands.stream()
        .map(Inheritance::text)
        .sorted()
        .collect(Collectors.joining(by, "(", ")"));
  }

  private static String target(Plan.Hop hop) {
    return SystemNames.ids().entrySet().stream()
        .filter(e -> e.getValue() == hop.target())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("?");
  }
}
