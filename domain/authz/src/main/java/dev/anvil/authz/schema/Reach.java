package dev.anvil.authz.schema;

import java.util.BitSet;

/** Which members a kind of subject can be in, by fixpoint over the schema alone. */
final class Reach {
  private final Schema schema;
  private final int type;
  private final int member;
  private final boolean wildcard;
  private final BitSet found = new BitSet();

  private Reach(Schema schema, int type, int member, boolean wildcard) {
    this.schema = schema;
    this.type = type;
    this.member = member;
    this.wildcard = wildcard;
  }

  static BitSet of(Schema schema, int type, int member, boolean wildcard) {
    Reach reach = new Reach(schema, type, member, wildcard);
    int before;
    do {
      before = reach.found.cardinality();
      for (Schema.Type t : schema.types()) {
        for (Schema.Member m : t.members()) {
          if (!reach.found.get(m.ordinal()) && reach.holds(m)) {
            reach.found.set(m.ordinal());
          }
        }
      }
    } while (reach.found.cardinality() > before);
    return reach.found;
  }

  private boolean holds(Schema.Member m) {
    if (!wildcard && m.type().id() == type && m.id() == member) {
      return true;
    }
    return m.relation() ? m.shapes().stream().anyMatch(this::admits) : holds(m.plan(), m.type());
  }

  private boolean admits(Shape s) {
    if (s.member() != Schema.PLAIN) {
      Schema.Member inner = schema.member(s.type(), s.member());
      return inner != null && found.get(inner.ordinal());
    }
    return s.type() == type && member == Schema.PLAIN && (s.wildcard() || !wildcard);
  }

  private boolean holds(Plan plan, Schema.Type on) {
    return switch (plan) {
      case Plan.Or or -> or.operands().stream().anyMatch(p -> holds(p, on));
      case Plan.And and -> and.operands().stream().allMatch(p -> holds(p, on));
      case Plan.Minus minus -> holds(minus.base(), on);
      case Plan.Same same -> found.get(same.member().ordinal());
      case Plan.Never _ -> false;
      case Plan.Itself _ -> on.id() == type && member == Schema.PLAIN && !wildcard;
      case Plan.Hop hop -> {
        for (Shape s : hop.relation().shapes()) {
          Schema.Member target = schema.member(s.type(), hop.target());
          if (target != null && found.get(target.ordinal())) {
            yield true;
          }
        }
        yield false;
      }
    };
  }
}
