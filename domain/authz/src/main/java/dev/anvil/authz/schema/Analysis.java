package dev.anvil.authz.schema;

import dev.anvil.authz.schema.SchemaProblem.Code;
import dev.anvil.authz.schema.SchemaTree.Definition;
import dev.anvil.authz.schema.SchemaTree.Member;
import dev.anvil.authz.schema.SchemaTree.PermissionMember;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Checks what follows from a schema as a whole: loops, subjects that can be, types annotated. */
final class Analysis {
  private final SchemaTree tree;
  private final List<SchemaProblem> problems;

  Analysis(SchemaTree tree, List<SchemaProblem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  /** Refuses permissions that reach themselves through names alone. */
  void selfReferences() {
    for (Definition d : tree.definitions()) {
      Map<String, PermissionMember> permissions = new HashMap<>();
      for (Member m : d.members()) {
        if (m instanceof PermissionMember p) {
          permissions.put(p.name(), p);
        }
      }
      Set<String> clean = new HashSet<>();
      for (PermissionMember p : permissions.values()) {
        if (reaches(p, permissions, clean)) {
          problems.add(
              new SchemaProblem(
                  Code.SELF_REFERENCE,
                  p.at(),
                  p.name(),
                  "a permission cannot be computed from itself through names alone",
                  "break the circle, or go through a relation with an arrow"));
        }
      }
    }
  }

  private static boolean reaches(
      PermissionMember start, Map<String, PermissionMember> all, Set<String> clean) {
    Set<String> seen = new HashSet<>();
    ArrayDeque<PermissionMember> queue = new ArrayDeque<>();
    queue.add(start);
    boolean[] found = {false};
    while (!queue.isEmpty() && !found[0]) {
      references(
          queue.poll().expression(),
          name -> {
            found[0] |= name.equals(start.name());
            PermissionMember next = all.get(name);
            if (next != null && !clean.contains(name) && seen.add(name)) {
              queue.add(next);
            }
          });
    }
    if (!found[0]) {
      clean.add(start.name());
    }
    return found[0];
  }

  private static void references(Expression e, Consumer<String> each) {
    switch (e) {
      case Expression.Union u -> u.operands().forEach(o -> references(o, each));
      case Expression.Intersection i -> i.operands().forEach(o -> references(o, each));
      case Expression.Exclusion x -> {
        references(x.base(), each);
        references(x.subtracted(), each);
      }
      case Expression.Reference r -> each.accept(r.name());
      case Expression.Arrow _, Expression.Nil _, Expression.Self _ -> {
        // these leave the object or name nothing
      }
    }
  }

  /** Warns of what nobody can have, and compares annotations with the types that can. */
  void subjects(Map<String, Schema.Type> types, Schema schema) {
    Circles circles = Circles.of(schema);
    Possible possible = Possible.of(schema, circles);
    for (Definition d : tree.definitions()) {
      for (Member m : d.members()) {
        if (m instanceof PermissionMember p) {
          Schema.Member member = types.get(d.name()).member(p.name());
          permission(p, new TreeSet<>(possible.of(member)), circles.unstable(member));
        }
      }
    }
  }

  private void permission(PermissionMember p, Set<String> can, boolean unstable) {
    boolean nil = p.expression() instanceof Expression.Nil;
    if (can.isEmpty() && !nil) {
      problems.add(
          new SchemaProblem(
              Code.UNSATISFIABLE,
              p.at(),
              p.name(),
              "no subject of any type can have it",
              "admit a subject type or write nil"));
    }
    if (p.types() != null && !p.types().containsAll(can)) {
      can.removeAll(p.types());
      problems.add(
          new SchemaProblem(
              Code.TYPE_ANNOTATION_INCOMPLETE,
              p.at(),
              p.name(),
              "subjects of " + String.join(", ", can) + " can have it too",
              "add them to the annotation"));
    }
    if (unstable) {
      problems.add(
          new SchemaProblem(
              Code.UNSTABLE_EXCLUSION,
              p.at(),
              p.name(),
              "what is subtracted can reach this permission through tuples",
              "subtract a relation that admits no userset of it"));
    }
  }
}
