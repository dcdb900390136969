package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Uses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Objects that a subject may have a member of, one after another in byte order of their ids: merges
 * ordered look-ups, and reads of each no more than is asked for. One thread.
 */
public final class ObjectStream {
  private static final int FIRST_CHUNK = 64;
  private static final int MOST_CHUNK = 1_024;

  /**
   * An object.
   *
   * @param certain whether it needs no check
   */
  public record Next(String id, boolean certain) {}

  /** Rows that watched relations may be read ahead by, and how many more for each object. */
  private static final int WATCH = 1_024;

  private static final int WATCH_EACH = 8;

  private record Fact(Schema.Member member, boolean certain, boolean unless) {}

  private record Row(String id, boolean certain) {}

  /** Tuples that name one subject, in order of their resources. */
  private final class Source {
    private final int type;
    private final String subject;
    private final int subjectMember;
    private final Schema.Member relation;
    private final Schema.Member gives;
    private final boolean certain;
    private final boolean unless;
    private final boolean old;
    private final ArrayDeque<Row> rows = new ArrayDeque<>();
    private int chunk = FIRST_CHUNK;
    private String last;
    private boolean over;

    Source(Found f, boolean old, String after) {
      this.type = f.type();
      this.subject = f.subject();
      this.subjectMember = f.member();
      this.relation = f.relation();
      this.gives = f.gives();
      this.certain = f.certain() && f.worth() != Uses.Worth.PART;
      this.unless = f.worth() == Uses.Worth.UNLESS;
      this.old = old;
      this.last = after;
    }

    String head() {
      return rows.peek().id();
    }

    boolean fill() {
      while (rows.isEmpty() && !over) {
        over = true;
        source.reverseAfter(
            type,
            subject,
            subjectMember,
            relation,
            last,
            old,
            (id, edge) -> {
              work.tuple();
              if (rows.size() == chunk) {
                over = false;
                return false;
              }
              rows.add(new Row(id, certain && edge.caveat() == 0));
              last = id;
              return true;
            });
        chunk = Math.min(MOST_CHUNK, chunk * 2);
      }
      return !rows.isEmpty();
    }
  }

  /**
   * Where objects are found.
   *
   * @param type of the subject that the tuples name
   * @param relation of the tuples
   * @param gives member that an object has by such a tuple
   * @param certain whether the subject surely is what the tuples name
   * @param worth of such a tuple for what it gives
   */
  record Found(
      int type,
      String subject,
      int member,
      Schema.Member relation,
      Schema.Member gives,
      boolean certain,
      Uses.Worth worth) {}

  private final TupleSource source;
  private final Work work;
  private final Schema.Member target;
  private final Set<Schema.Member> useful;
  private final Uses uses;
  private final PriorityQueue<Source> queue =
      new PriorityQueue<>(Comparator.comparing(Source::head, Utf8Order.INSTANCE));
  private final TreeMap<String, List<Fact>> known = new TreeMap<>(Utf8Order.INSTANCE);

  private final Takers takers;
  private final Map<Schema.Member, List<Source>> watches = new HashMap<>();
  private int passed;
  private int shown;

  ObjectStream(TupleSource source, Work work, Schema.Member target, Takers takers) {
    this.takers = takers;
    this.source = source;
    this.work = work;
    this.target = target;
    this.uses = source.schema().uses();
    this.useful = uses.below(target);
  }

  /** Adds a look-up, from after the id, or from the beginning if that is null. */
  void add(Found found, String after) {
    for (boolean old : source.past() ? new boolean[] {false, true} : new boolean[] {false}) {
      Source s = new Source(found, old, after);
      if (s.fill()) {
        queue.add(s);
      }
    }
  }

  /** Adds a look-up of what takes away; it is read when the first object hangs on it. */
  void watch(int type, String subject, int member, Schema.Member relation, String after) {
    Found f = new Found(type, subject, member, relation, relation, false, Uses.Worth.PART);
    List<Source> all = watches.computeIfAbsent(relation, r -> new ArrayList<>());
    all.add(new Source(f, false, after));
    if (source.past()) {
      all.add(new Source(f, true, after));
    }
  }

  /** Whether some tuple may take the permission of the object away; objects come in order. */
  private boolean taken(Schema.Member permission, String id) {
    Set<Schema.Member> by = takers.of(permission);
    if (by == null || passed > WATCH + WATCH_EACH * shown) {
      return true;
    }
    boolean taken = false;
    for (Schema.Member relation : by) {
      for (Source s : watches.getOrDefault(relation, List.of())) {
        while (s.fill() && Utf8Order.INSTANCE.compare(s.head(), id) < 0) {
          s.rows.poll();
          passed++;
          if (passed > WATCH + WATCH_EACH * shown) {
            return true;
          }
        }
        taken |= !s.rows.isEmpty() && s.head().equals(id);
      }
    }
    return taken;
  }

  /** Adds one object that is known already. */
  void add(String id, Schema.Member gives, boolean certain, String after) {
    if (after == null || Utf8Order.INSTANCE.compare(id, after) > 0) {
      known.computeIfAbsent(id, i -> new ArrayList<>()).add(new Fact(gives, certain, false));
    }
  }

  /** The next one, or null at the end. */
  public Next next() {
    while (!queue.isEmpty() || !known.isEmpty()) {
      String id = known.isEmpty() ? queue.peek().head() : known.firstKey();
      if (!queue.isEmpty() && Utf8Order.INSTANCE.compare(queue.peek().head(), id) < 0) {
        id = queue.peek().head();
      }
      List<Fact> facts = new ArrayList<>();
      List<Fact> own = known.remove(id);
      if (own != null) {
        facts.addAll(own);
      }
      while (!queue.isEmpty() && queue.peek().head().equals(id)) {
        Source s = queue.poll();
        facts.add(new Fact(s.gives, s.rows.poll().certain(), s.unless));
        if (s.fill()) {
          queue.add(s);
        }
      }
      shown++;
      Boolean certain = reached(facts, id);
      if (certain != null) {
        return new Next(id, certain);
      }
    }
    return null;
  }

  /** Whether the facts surely lead to the target within the object; null if they do not lead. */
  private Boolean reached(List<Fact> facts, String id) {
    Map<Schema.Member, Boolean> have = new HashMap<>();
    Map<Schema.Member, Boolean> taken = new HashMap<>();
    ArrayDeque<Fact> todo = new ArrayDeque<>(facts);
    while (!todo.isEmpty()) {
      Fact f = todo.poll();
      boolean certain =
          f.certain() && !(f.unless() && taken.computeIfAbsent(f.member(), m -> taken(m, id)));
      Boolean before = have.get(f.member());
      if (before != null && (before || !certain)) {
        continue;
      }
      have.put(f.member(), certain);
      for (Uses.Use use : uses.of(f.member())) {
        if (use instanceof Uses.InPermission in && useful.contains(in.user())) {
          boolean counts = certain && in.worth() != Uses.Worth.PART;
          todo.add(new Fact(in.user(), counts, in.worth() == Uses.Worth.UNLESS));
        }
      }
    }
    return have.get(target);
  }
}
