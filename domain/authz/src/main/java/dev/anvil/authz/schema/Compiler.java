package dev.anvil.authz.schema;

import dev.anvil.authz.schema.SchemaTree.Allowed;
import dev.anvil.authz.schema.SchemaTree.Definition;
import dev.anvil.authz.schema.SchemaTree.Member;
import dev.anvil.authz.schema.SchemaTree.PermissionMember;
import dev.anvil.authz.schema.SchemaTree.RelationMember;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Turns a tree without problems into a schema over interned names. */
final class Compiler {
  private final ToIntFunction<String> intern;
  private final Map<String, Schema.Type> types = new LinkedHashMap<>();
  private int ordinals;
  private int hops;

  Compiler(ToIntFunction<String> intern) {
    this.intern = intern;
  }

  Map<String, Schema.Type> compile(SchemaTree tree) {
    for (Definition d : tree.definitions()) {
      Schema.Type type = new Schema.Type(d.name(), intern.applyAsInt(d.name()));
      types.put(d.name(), type);
      for (Member m : d.members()) {
        List<Shape> shapes = m instanceof RelationMember r ? shapes(r) : null;
        int id = intern.applyAsInt(m.name());
        type.add(new Schema.Member(type, m.name(), id, ordinals++, shapes));
      }
    }
    for (Definition d : tree.definitions()) {
      Schema.Type type = types.get(d.name());
      for (Member m : d.members()) {
        if (m instanceof PermissionMember p) {
          type.member(m.name()).plan(plan(p.expression(), type));
        }
      }
    }
    return types;
  }

  private List<Shape> shapes(RelationMember relation) {
    List<Shape> shapes = new ArrayList<>();
    for (Allowed a : relation.allowed()) {
      shapes.add(
          new Shape(
              intern.applyAsInt(a.type()),
              a.member() == null ? Schema.PLAIN : intern.applyAsInt(a.member()),
              a.wildcard(),
              a.caveat() == null ? 0 : intern.applyAsInt(a.caveat()),
              a.expiration()));
    }
    return List.copyOf(shapes);
  }

  private Plan plan(Expression e, Schema.Type type) {
    return switch (e) {
      case Expression.Union u -> new Plan.Or(plans(u.operands(), type));
      case Expression.Intersection i -> new Plan.And(plans(i.operands(), type));
      case Expression.Exclusion x ->
          new Plan.Minus(plan(x.base(), type), plan(x.subtracted(), type));
      case Expression.Reference r -> new Plan.Same(type.member(r.name()));
      case Expression.Arrow a ->
          new Plan.Hop(type.member(a.relation()), intern.applyAsInt(a.target()), a.all(), --hops);
      case Expression.Nil _ -> new Plan.Never();
      case Expression.Self _ -> new Plan.Itself();
    };
  }

  /** Order by cost alone, so that answers do not hang on the order of the text. */
  private List<Plan> plans(List<Expression> operands, Schema.Type type) {
    return operands.stream()
        .map(o -> plan(o, type))
        .sorted(Comparator.comparingInt(Compiler::cost))
        .toList();
  }

  private static int cost(Plan plan) {
    return switch (plan) {
      case Plan.Never _, Plan.Itself _ -> 0;
      case Plan.Same same when same.member().relation() ->
          same.member().shapes().stream().anyMatch(s -> s.member() != Schema.PLAIN) ? 10 : 1;
      case Plan.Same _ -> 30;
      case Plan.Hop _ -> 50;
      case Plan.Or or -> or.operands().stream().mapToInt(Compiler::cost).sum();
      case Plan.And and -> and.operands().stream().mapToInt(Compiler::cost).sum();
      case Plan.Minus minus -> cost(minus.base()) + cost(minus.subtracted());
    };
  }
}
