package dev.anvil.authz.schema;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Of which types subjects of each member can be, whatever the tuples; for all types at once, from
 * the members that lead nowhere up.
 */
final class Possible {
  private static final BitSet NONE = new BitSet();

  private final Schema schema;
  private final List<Schema.Type> types;
  private final Map<Integer, Integer> place = new HashMap<>();
  private final Map<Schema.Member, BitSet> found = new HashMap<>();

  private Possible(Schema schema) {
    this.schema = schema;
    this.types = List.copyOf(schema.types());
    for (int i = 0; i < types.size(); i++) {
      place.put(types.get(i).id(), i);
    }
  }

  static Possible of(Schema schema, Circles circles) {
    Possible possible = new Possible(schema);
    for (List<Schema.Member> circle : circles.groups()) {
      boolean grew = true;
      while (grew) {
        grew = false;
        for (Schema.Member m : circle) {
          BitSet now = possible.subjects(m);
          grew |= !now.equals(possible.found.put(m, now));
        }
      }
    }
    return possible;
  }

  /** Names of the types. */
  List<String> of(Schema.Member member) {
    List<String> names = new ArrayList<>();
    found.getOrDefault(member, NONE).stream().forEach(i -> names.add(types.get(i).name()));
    return names;
  }

  private BitSet subjects(Schema.Member m) {
    if (!m.relation()) {
      return subjects(m.plan(), m.type());
    }
    BitSet all = new BitSet();
    for (Shape s : m.shapes()) {
      if (s.member() == Schema.PLAIN) {
        all.set(place.get(s.type()));
      } else {
        all.or(known(schema.member(s.type(), s.member())));
      }
    }
    return all;
  }

  private BitSet known(Schema.Member m) {
    return m == null ? NONE : found.getOrDefault(m, NONE);
  }

  private BitSet subjects(Plan plan, Schema.Type on) {
    return switch (plan) {
      case Plan.Or or -> {
        BitSet all = new BitSet();
        or.operands().forEach(o -> all.or(subjects(o, on)));
        yield all;
      }
      case Plan.And and -> {
        BitSet all = (BitSet) subjects(and.operands().getFirst(), on).clone();
        and.operands().forEach(o -> all.and(subjects(o, on)));
        yield all;
      }
      case Plan.Minus minus -> subjects(minus.base(), on);
      case Plan.Same same -> known(same.member());
      case Plan.Never _ -> NONE;
      case Plan.Itself _ -> {
        BitSet own = new BitSet();
        own.set(place.get(on.id()));
        yield own;
      }
      case Plan.Hop hop -> {
        BitSet all = new BitSet();
        for (Shape s : hop.relation().shapes()) {
          all.or(known(schema.member(s.type(), hop.target())));
        }
        yield all;
      }
    };
  }
}
