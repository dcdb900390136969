package dev.anvil.authz.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Where each member of a schema is used, for walks from subjects to objects. */
public final class Uses {
  /** One use. */
  public sealed interface Use {
    /** The member that uses it. */
    Schema.Member user();
  }

  /** What having one operand is worth. */
  public enum Worth {
    /** It is enough. */
    ALONE,
    /** It is enough unless something is taken away. */
    UNLESS,
    /** Something else is needed too. */
    PART
  }

  /** A permission of the same object names it. */
  public record InPermission(Schema.Member user, Worth worth) implements Use {
    /** Whether having the member is enough. */
    public boolean alone() {
      return worth == Worth.ALONE;
    }
  }

  /** A relation admits its usersets. */
  public record InRelation(Schema.Member user) implements Use {}

  /**
   * A permission reaches it through an arrow.
   *
   * @param over relation of the arrow
   * @param worth of one object with the member
   */
  public record InArrow(Schema.Member user, Schema.Member over, Worth worth) implements Use {
    /** Whether one object with the member is enough. */
    public boolean alone() {
      return worth == Worth.ALONE;
    }
  }

  private final Map<Schema.Member, List<Use>> uses = new HashMap<>();
  private final List<Schema.Member> self = new ArrayList<>();
  private final Map<Schema.Member, Set<Schema.Member>> below = new ConcurrentHashMap<>();

  private Uses() {}

  static Uses of(Schema schema) {
    Uses all = new Uses();
    for (Schema.Type t : schema.types()) {
      for (Schema.Member m : t.members()) {
        if (m.relation()) {
          for (Shape s : m.shapes()) {
            Schema.Member inner = schema.member(s.type(), s.member());
            if (inner != null && !all.of(inner).contains(new InRelation(m))) {
              all.add(inner, new InRelation(m));
            }
          }
        } else {
          all.plan(schema, m, m.plan(), Worth.ALONE);
        }
      }
    }
    return all;
  }

  private void add(Schema.Member used, Use use) {
    uses.computeIfAbsent(used, u -> new ArrayList<>()).add(use);
  }

  private void plan(Schema schema, Schema.Member user, Plan plan, Worth worth) {
    switch (plan) {
      case Plan.Or or -> or.operands().forEach(p -> plan(schema, user, p, worth));
      case Plan.And and -> and.operands().forEach(p -> plan(schema, user, p, Worth.PART));
      case Plan.Minus minus ->
          plan(schema, user, minus.base(), worth == Worth.PART ? worth : Worth.UNLESS);
      case Plan.Same same -> add(same.member(), new InPermission(user, worth));
      case Plan.Hop hop -> {
        Set<Schema.Member> targets = new HashSet<>();
        hop.relation().shapes().forEach(s -> targets.add(schema.member(s.type(), hop.target())));
        targets.remove(null);
        targets.forEach(
            t -> add(t, new InArrow(user, hop.relation(), hop.all() ? Worth.PART : worth)));
      }
      case Plan.Itself _ -> self.add(user);
      case Plan.Never _ -> {
        // nothing is used
      }
    }
  }

  /** Uses of a member. */
  public List<Use> of(Schema.Member member) {
    return uses.getOrDefault(member, List.of());
  }

  /**
   * Relations of the same object without which nothing of the permission is taken away; null if
   * what is taken away also hangs on other objects.
   */
  public static Set<Schema.Member> takenAway(Schema.Member permission) {
    Set<Schema.Member> relations = new HashSet<>();
    return takenAway(permission.plan(), false, relations) ? relations : null;
  }

  private static boolean takenAway(Plan plan, boolean inside, Set<Schema.Member> relations) {
    return switch (plan) {
      case Plan.Or or -> or.operands().stream().allMatch(p -> takenAway(p, inside, relations));
      case Plan.And and -> and.operands().stream().allMatch(p -> takenAway(p, inside, relations));
      case Plan.Minus minus ->
          takenAway(minus.base(), inside, relations)
              && (inside || takenAway(minus.subtracted(), true, relations));
      case Plan.Same same -> {
        if (inside && same.member().relation()) {
          relations.add(same.member());
        }
        yield !inside
            || same.member().relation()
            || takenAway(same.member().plan(), true, relations);
      }
      case Plan.Hop _, Plan.Itself _ -> !inside;
      case Plan.Never _ -> true;
    };
  }

  /** Permissions that name the object itself. */
  public List<Schema.Member> self() {
    return self;
  }

  /** Members from which this one can be reached, itself included. */
  public Set<Schema.Member> below(Schema.Member target) {
    return below.computeIfAbsent(target, this::findBelow);
  }

  private Set<Schema.Member> findBelow(Schema.Member target) {
    Set<Schema.Member> found = new HashSet<>(Set.of(target));
    ArrayDeque<Schema.Member> queue = new ArrayDeque<>(found);
    while (!queue.isEmpty()) {
      Schema.Member at = queue.poll();
      uses.forEach((used, by) -> {
        if (by.stream().anyMatch(u -> u.user() == at) && found.add(used)) {
          queue.add(used);
        }
      });
    }
    return found;
  }
}
