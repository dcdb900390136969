package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Plan;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * From an object downwards to the subjects of one kind that its tuples mention: each with whether
 * it is in by unions and bare tuples alone, and those mentioned where something is taken away. One
 * thread.
 */
public final class Mentioned {
  /** How a place of the graph counts towards the question. */
  private enum Part {
    /** It alone decides. */
    CERTAIN,
    /** It takes part. */
    MAYBE,
    /** It is taken away. */
    LESS
  }

  private record Place(Schema.Member member, String id, Part part) {}

  private final TupleSource source;
  private final int type;
  private final int member;
  private final Work work;
  private final Subject after;
  private final SortedMap<String, Boolean> found = new TreeMap<>(Utf8Order.INSTANCE);
  private final SortedSet<String> less = new TreeSet<>(Utf8Order.INSTANCE);
  private final ArrayDeque<Place> queue = new ArrayDeque<>();
  private final HashSet<Place> seen = new HashSet<>();
  private final Map<Schema.Member, Boolean> leads = new HashMap<>();
  private boolean wildcard;
  private boolean lessWildcard;

  /**
   * Looks for subjects of this type and member, or plain ones.
   *
   * @param after id after which they are wanted, or null for all
   */
  public Mentioned(TupleSource source, int type, int member, String after, Work work) {
    this.after = after == null ? null : new Subject(type, after, member);
    this.source = source;
    this.type = type;
    this.member = member;
    this.work = work;
  }

  /** Walks all that the member of the object hangs on. */
  public void walk(Schema.Member root, String id) {
    visit(root, id, Part.CERTAIN);
    while (!queue.isEmpty()) {
      Place p = queue.poll();
      if (p.member().type().id() == type && p.member().id() == member) {
        note(p.id(), p.part());
      }
      if (p.member().relation()) {
        source.allFrom(p.id(), p.member(), plainAfter(), e -> edge(p, e));
      } else {
        plan(p, p.member().plan(), p.part());
      }
    }
    found.replaceAll((who, certain) -> certain && !lessWildcard && !less.contains(who));
  }

  /** Ids of subjects that may be in, each with whether it is certain. */
  public SortedMap<String, Boolean> found() {
    return found;
  }

  /** Ids mentioned where something is taken away. */
  public SortedSet<String> less() {
    return less;
  }

  /** Whether a wildcard of the type is mentioned. */
  public boolean wildcard() {
    return wildcard;
  }

  private Subject plainAfter() {
    return member == Schema.PLAIN ? after : null;
  }

  private void note(String id, Part part) {
    if (after != null && Utf8Order.INSTANCE.compare(id, after.id()) <= 0) {
      return;
    }
    if (part == Part.LESS) {
      less.add(id);
    } else {
      found.merge(id, part == Part.CERTAIN, Boolean::logicalOr);
    }
  }

  private void visit(Schema.Member m, String id, Part part) {
    if (m != null && leads(m) && seen.add(new Place(m, id, part))) {
      work.node(0);
      queue.add(new Place(m, id, part));
    }
  }

  /** Whether subjects of the kind can be behind the member at all. */
  private boolean leads(Schema.Member m) {
    return leads.computeIfAbsent(
        m,
        k ->
            source.schema().reach(type, member, false).test(k)
                || member == Schema.PLAIN && source.schema().reach(type, member, true).test(k)
                || k.type().id() == type && k.id() == member);
  }

  private boolean edge(Place at, Edge e) {
    work.tuple();
    Part part = at.part() == Part.CERTAIN && e.caveat() != 0 ? Part.MAYBE : at.part();
    if (e.type() == type && e.member() == member) {
      if (e.wildcard()) {
        wildcard |= part != Part.LESS;
        lessWildcard |= part == Part.LESS;
      } else {
        note(e.id(), part);
      }
    }
    if (e.member() != Schema.PLAIN) {
      visit(source.schema().member(e.type(), e.member()), e.id(), part);
    }
    return true;
  }

  private void plan(Place at, Plan plan, Part part) {
    Part weaker = part == Part.CERTAIN ? Part.MAYBE : part;
    switch (plan) {
      case Plan.Or or -> or.operands().forEach(p -> plan(at, p, part));
      case Plan.And and -> and.operands().forEach(p -> plan(at, p, weaker));
      case Plan.Minus minus -> {
        // stays certain for who is mentioned nowhere where something is taken away
        plan(at, minus.base(), part);
        plan(at, minus.subtracted(), Part.LESS);
        if (part == Part.LESS) {
          plan(at, minus.subtracted(), Part.MAYBE);
        }
      }
      case Plan.Same same -> visit(same.member(), at.id(), part);
      case Plan.Hop hop -> hop(at, hop, hop.all() ? weaker : part);
      case Plan.Itself _ -> {
        if (at.member().type().id() == type && member == Schema.PLAIN) {
          note(at.id(), weaker);
        }
      }
      case Plan.Never _ -> {
        // nobody is mentioned
      }
    }
  }

  private void hop(Place at, Plan.Hop hop, Part part) {
    boolean any = false;
    for (Shape s : hop.relation().shapes()) {
      Schema.Member target = source.schema().member(s.type(), hop.target());
      any |= target != null && leads(target);
    }
    if (any) {
      source.all(
          at.id(),
          hop.relation(),
          e -> {
            work.tuple();
            Part each = part == Part.CERTAIN && e.caveat() != 0 ? Part.MAYBE : part;
            visit(source.schema().member(e.type(), hop.target()), e.id(), each);
            return true;
          });
    }
  }
}
