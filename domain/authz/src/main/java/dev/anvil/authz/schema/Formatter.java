package dev.anvil.authz.schema;

import dev.anvil.authz.schema.SchemaTree.Allowed;
import dev.anvil.authz.schema.SchemaTree.Condition;
import dev.anvil.authz.schema.SchemaTree.Definition;
import dev.anvil.authz.schema.SchemaTree.Member;
import dev.anvil.authz.schema.SchemaTree.PermissionMember;
import dev.anvil.authz.schema.SchemaTree.RelationMember;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a tree as text that parses to the same tree. */
public final class Formatter {
  private Formatter() {}

  /** For people: in the order of the text, comments kept before what they stood before. */
  public static String format(SchemaTree tree) {
    StringBuilder out = new StringBuilder();
    tree.uses().forEach(u -> out.append("use ").append(u).append('\n'));
    TreeMap<Integer, String> items = new TreeMap<>();
    tree.caveats().forEach(c -> items.put(c.order(), comments(c.comments(), "") + condition(c)));
    tree.definitions()
        .forEach(d -> items.put(d.order(), comments(d.comments(), "") + definition(d, true)));
    for (String item : items.values()) {
      out.append(out.isEmpty() ? "" : "\n").append(item);
    }
    if (!tree.trailing().isEmpty()) {
      out.append('\n').append(comments(tree.trailing(), ""));
    }
    return out.toString();
  }

  /** For digests: without comments, everything sorted that has no order of its own. */
  static String canonical(SchemaTree tree) {
    StringBuilder out = new StringBuilder();
    tree.caveats().stream()
        .sorted(Comparator.comparing(Condition::name))
        .forEach(c -> out.append(condition(c)));
    tree.definitions().stream()
        .sorted(Comparator.comparing(Definition::name))
        .forEach(d -> out.append(definition(d, false)));
    return out.toString();
  }

  private static String comments(List<String> comments, String indent) {
    return comments.stream().map(c -> indent + c + "\n").collect(Collectors.joining());
  }

  private static String condition(Condition c) {
    String parameters =
        c.parameters().stream()
            .map(p -> p.name() + " " + p.type().text())
            .collect(Collectors.joining(", "));
    return "caveat " + c.name() + "(" + parameters + ") {\n  " + c.body() + "\n}\n";
  }

  private static String definition(Definition d, boolean forPeople) {
    if (d.members().isEmpty() && (!forPeople || d.trailing().isEmpty())) {
      return "definition " + d.name() + " {}\n";
    }
    StringBuilder out = new StringBuilder("definition ").append(d.name()).append(" {\n");
    List<Member> members =
        forPeople
            ? d.members()
            : d.members().stream().sorted(Comparator.comparing(Member::name)).toList();
    for (Member m : members) {
      out.append(forPeople ? comments(m.comments(), "  ") : "");
      out.append("  ").append(member(m, forPeople)).append('\n');
    }
    out.append(forPeople ? comments(d.trailing(), "  ") : "");
    return out.append("}\n").toString();
  }

  private static String member(Member member, boolean forPeople) {
    return switch (member) {
      case RelationMember r -> {
        var shapes = r.allowed().stream().map(Allowed::text);
        yield "relation "
            + r.name()
            + ": "
            + (forPeople ? shapes : shapes.sorted()).collect(Collectors.joining(" | "));
      }
      case PermissionMember p ->
          "permission "
              + p.name()
              + (p.types() == null || !forPeople ? "" : ": " + String.join(" | ", p.types()))
              + " = "
              + expression(p.expression(), 0);
    };
  }

  /** Text of an expression that may stand where operators of at least this rank may. */
  static String expression(Expression e, int rank) {
    return switch (e) {
      case Expression.Reference r -> r.name();
      case Expression.Arrow a ->
          a.all() ? a.relation() + ".all(" + a.target() + ")" : a.relation() + "->" + a.target();
      case Expression.Nil _ -> "nil";
      case Expression.Self _ -> "self";
      case Expression.Union u -> enclosed(joined(u.operands(), " + ", 3), rank > 0);
      case Expression.Intersection i -> enclosed(joined(i.operands(), " & ", 2), rank > 0);
      case Expression.Exclusion x -> {
        boolean chain = x.base() instanceof Expression.Exclusion;
        yield enclosed(
            expression(x.base(), chain ? 0 : 1) + " - " + expression(x.subtracted(), 1), rank > 0);
      }
    };
  }

  private static String joined(List<Expression> operands, String sign, int rank) {
    return operands.stream().map(o -> expression(o, rank)).collect(Collectors.joining(sign));
  }

  private static String enclosed(String text, boolean parentheses) {
    return parentheses ? "(" + text + ")" : text;
  }
}
