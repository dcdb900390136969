package dev.anvil.authz.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which members of a schema lead back to each other, through names and tuples: each circle, or
 * single member, is a group, and groups come in an order in which each leads to earlier ones only.
 * Found in one pass over the schema, with a stack of its own.
 */
final class Circles {
  private final Schema schema;
  private final List<Schema.Member> members;
  private final int[][] next;
  private final int[] group;
  private final List<List<Schema.Member>> groups = new ArrayList<>();

  private Circles(Schema schema) {
    this.schema = schema;
    this.members = new ArrayList<>();
    schema.types().forEach(t -> members.addAll(t.members()));
    this.next = new int[members.size()][];
    this.group = new int[members.size()];
  }

  static Circles of(Schema schema) {
    Circles circles = new Circles(schema);
    for (Schema.Member m : circles.members) {
      circles.next[m.ordinal()] = circles.edges(m);
    }
    circles.find();
    return circles;
  }

  /** Groups of members; what a group leads to comes before it. */
  List<List<Schema.Member>> groups() {
    return groups;
  }

  /** Whether what a permission subtracts can lead back to it. */
  boolean unstable(Schema.Member permission) {
    boolean[] back = {false};
    int own = group[permission.ordinal()];
    subtracted(permission.plan(), m -> back[0] |= group[m.ordinal()] == own);
    return back[0];
  }

  private int[] edges(Schema.Member m) {
    List<Schema.Member> to = new ArrayList<>();
    if (m.relation()) {
      for (Shape s : m.shapes()) {
        if (s.member() != Schema.PLAIN) {
          add(schema.member(s.type(), s.member()), to::add);
        }
      }
    } else {
      all(m.plan(), to::add);
    }
    return to.stream().mapToInt(Schema.Member::ordinal).toArray();
  }

  private static void add(Schema.Member member, Consumer<Schema.Member> each) {
    if (member != null) {
      each.accept(member);
    }
  }

  private void subtracted(Plan plan, Consumer<Schema.Member> each) {
    switch (plan) {
      case Plan.Minus minus -> {
        subtracted(minus.base(), each);
        all(minus.subtracted(), each);
      }
      case Plan.Or or -> or.operands().forEach(o -> subtracted(o, each));
      case Plan.And and -> and.operands().forEach(o -> subtracted(o, each));
      case Plan.Same _, Plan.Hop _, Plan.Never _, Plan.Itself _ -> {
        // nothing is subtracted here
      }
    }
  }

  private void all(Plan plan, Consumer<Schema.Member> each) {
    switch (plan) {
      case Plan.Minus minus -> {
        all(minus.base(), each);
        all(minus.subtracted(), each);
      }
      case Plan.Or or -> or.operands().forEach(o -> all(o, each));
      case Plan.And and -> and.operands().forEach(o -> all(o, each));
      case Plan.Same same -> each.accept(same.member());
      case Plan.Hop hop -> {
        for (Shape s : hop.relation().shapes()) {
          add(schema.member(s.type(), hop.target()), each);
        }
      }
      case Plan.Never _, Plan.Itself _ -> {
        // leads nowhere
      }
    }
  }

  /** Tarjan's strongly connected components. */
  private void find() {
    int count = members.size();
    Schema.Member[] byOrdinal = new Schema.Member[count];
    members.forEach(m -> byOrdinal[m.ordinal()] = m);
    int[] index = new int[count];
    int[] low = new int[count];
    int[] at = new int[count];
    int[] path = new int[count];
    int[] open = new int[count];
    int deep = 0;
    int waiting = 0;
    int visits = 0;
    Arrays.fill(group, -1);
    for (int start = 0; start < count; start++) {
      if (index[start] == 0) {
        path[deep++] = start;
      }
      while (deep > 0) {
        int m = path[deep - 1];
        if (index[m] == 0) {
          index[m] = ++visits;
          low[m] = visits;
          open[waiting++] = m;
        }
        boolean down = false;
        while (!down && at[m] < next[m].length) {
          int to = next[m][at[m]];
          if (index[to] == 0) {
            path[deep++] = to;
            down = true;
          } else {
            if (group[to] < 0) {
              low[m] = Math.min(low[m], low[to]);
            }
            at[m]++;
          }
        }
        if (down) {
          continue;
        }
        deep--;
        if (low[m] == index[m]) {
          List<Schema.Member> circle = new ArrayList<>();
          int last;
          do {
            last = open[--waiting];
            group[last] = groups.size();
            circle.add(byOrdinal[last]);
          } while (last != m);
          groups.add(circle.reversed());
        }
      }
    }
  }
}
