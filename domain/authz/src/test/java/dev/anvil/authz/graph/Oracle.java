package dev.anvil.authz.graph;

import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The meaning of a world by brute force: every membership of every object for one subject, as sets
 * grown to fixpoints, without order, pruning or short cuts. It reads nothing that the engine
 * computes.
 */
final class Oracle {
  /** A member by name: either shapes as text, or an expression. */
  sealed interface Ex {
    record Rel(List<String> shapes) implements Ex {}

    record Ref(String name) implements Ex {}

    record Arrow(String relation, String target, boolean all) implements Ex {}

    record Op(char sign, Ex left, Ex right) implements Ex {}

    record Nil() implements Ex {}
  }

  record Answer(String kind, Set<String> names) {}

  /** Bounds of a value, and what they hang on. */
  record Bounds(boolean lo, boolean hi) {}

  private final Map<String, Map<String, Ex>> types;
  private final List<Tuple> tuples;
  private final SubjectRef subject;
  private final Map<String, Long> context;
  private final Set<String> objects = new LinkedHashSet<>();
  private Map<String, Bounds> before = new HashMap<>();
  private Map<String, Boolean> growing = new HashMap<>();
  private final Map<String, Set<String>> reasons = new HashMap<>();

  Oracle(
      Map<String, Map<String, Ex>> types,
      List<Tuple> tuples,
      SubjectRef subject,
      Map<String, Long> context,
      String asked) {
    this.types = types;
    this.tuples = tuples;
    this.subject = subject;
    this.context = context;
    objects.add(asked);
    for (Tuple t : tuples) {
      objects.add(t.resource().type() + ":" + t.resource().id());
      objects.add(t.subject().type() + ":" + t.subject().id());
    }
    solve();
  }

  private List<String> atoms() {
    List<String> atoms = new ArrayList<>();
    for (String o : objects) {
      types
          .getOrDefault(o.substring(0, o.indexOf(':')), Map.of())
          .keySet()
          .forEach(m -> atoms.add(o + "#" + m));
    }
    return atoms;
  }

  private void solve() {
    List<String> atoms = atoms();
    atoms.forEach(a -> before.put(a, new Bounds(false, true)));
    while (true) {
      Map<String, Bounds> old = new HashMap<>(before);
      for (boolean upper : new boolean[] {false, true}) {
        Map<String, Boolean> grown = least(atoms, upper);
        grown.forEach((a, v) ->
            before.merge(
                a,
                new Bounds(v, v),
                (b, n) -> upper ? new Bounds(b.lo(), v) : new Bounds(v, b.hi())));
      }
      if (old.equals(before)) {
        break;
      }
    }
    atoms.forEach(a -> reasons.put(a, new TreeSet<>()));
    boolean more = true;
    while (more) {
      more = false;
      for (String a : atoms) {
        if (before.get(a).lo() != before.get(a).hi()) {
          Set<String> now = new TreeSet<>();
          why(a, now);
          more |= reasons.get(a).addAll(now);
        }
      }
    }
  }

  private Map<String, Boolean> least(List<String> atoms, boolean upper) {
    growing = new LinkedHashMap<>();
    atoms.forEach(a -> growing.put(a, false));
    boolean more = true;
    while (more) {
      more = false;
      for (String a : atoms) {
        if (!growing.get(a) && holds(a, upper)) {
          growing.put(a, true);
          more = true;
        }
      }
    }
    return growing;
  }

  private static String type(String object) {
    return object.substring(0, object.indexOf(':'));
  }

  private boolean self(String atom) {
    return subject.relation() != null
        && atom.equals(subject.type() + ":" + subject.id() + "#" + subject.relation());
  }

  private boolean holds(String atom, boolean upper) {
    int hash = atom.indexOf('#');
    String object = atom.substring(0, hash);
    Ex ex = types.get(type(object)).get(atom.substring(hash + 1));
    return self(atom) || holds(object, atom.substring(hash + 1), ex, upper, true);
  }

  private boolean at(String atom, boolean upper, boolean now) {
    if (!before.containsKey(atom)) {
      return false;
    }
    return now ? growing.get(atom) : upper ? before.get(atom).hi() : before.get(atom).lo();
  }

  /** T, F, or the names and faults that a condition hangs on. */
  private Object gate(Tuple t) {
    if (t.caveat() == null) {
      return true;
    }
    Object stored = t.caveat().context().get("n");
    Long n = stored == null ? context.get("n") : Long.valueOf(stored.toString());
    return n == null ? "n" : n == 0 ? "!fault" : (Object) (n == 42);
  }

  private boolean open(Tuple t, boolean upper) {
    return gate(t) instanceof Boolean b ? b : upper;
  }

  private boolean holds(String object, String name, Ex ex, boolean upper, boolean now) {
    return switch (ex) {
      case Ex.Nil _ -> false;
      case Ex.Ref r -> at(object + "#" + r.name(), upper, now);
      case Ex.Op op ->
          switch (op.sign()) {
            case '+' ->
                holds(object, name, op.left(), upper, now)
                    || holds(object, name, op.right(), upper, now);
            case '&' ->
                holds(object, name, op.left(), upper, now)
                    && holds(object, name, op.right(), upper, now);
            default ->
                holds(object, name, op.left(), upper, now)
                    && !holds(object, name, op.right(), !upper, false);
          };
      case Ex.Rel _ ->
          of(object, name).stream().anyMatch(t -> open(t, upper) && names(t, upper, now));
      case Ex.Arrow a -> {
        List<Tuple> over = of(object, a.relation());
        yield a.all()
            ? !over.isEmpty()
                && over.stream().allMatch(t -> open(t, upper) && behind(t, a, upper, now))
            : over.stream().anyMatch(t -> open(t, upper) && behind(t, a, upper, now));
      }
    };
  }

  private boolean behind(Tuple t, Ex.Arrow a, boolean upper, boolean now) {
    return at(t.subject().type() + ":" + t.subject().id() + "#" + a.target(), upper, now);
  }

  private boolean names(Tuple t, boolean upper, boolean now) {
    SubjectRef s = t.subject();
    if (s.equals(subject)) {
      return true;
    }
    if (s.wildcard()) {
      return subject.relation() == null && s.type().equals(subject.type());
    }
    return s.relation() != null && at(s.type() + ":" + s.id() + "#" + s.relation(), upper, now);
  }

  private List<Tuple> of(String object, String relation) {
    return tuples.stream()
        .filter(t -> (t.resource().type() + ":" + t.resource().id()).equals(object))
        .filter(t -> t.relation().equals(relation))
        .toList();
  }

  /** Final value: true, false or null. */
  private Boolean now(String atom) {
    Bounds b = before.get(atom);
    return b == null ? Boolean.FALSE : b.lo() == b.hi() ? b.lo() : null;
  }

  private void why(String atom, Set<String> out) {
    int hash = atom.indexOf('#');
    String object = atom.substring(0, hash);
    String name = atom.substring(hash + 1);
    why(object, name, types.get(type(object)).get(name), out);
  }

  /** Final value of an expression; adds what an open one hangs on. */
  private Boolean why(String object, String name, Ex ex, Set<String> out) {
    switch (ex) {
      case Ex.Nil _ -> {
        return false;
      }
      case Ex.Ref r -> {
        return of(object + "#" + r.name(), out);
      }
      case Ex.Op op -> {
        Set<String> l = new TreeSet<>();
        Set<String> r = new TreeSet<>();
        Boolean a = why(object, name, op.left(), l);
        Boolean b = why(object, name, op.right(), r);
        Boolean v = kleene(op.sign(), a, b);
        if (v == null) {
          out.addAll(a == null ? l : Set.of());
          out.addAll(b == null ? r : Set.of());
        }
        return v;
      }
      case Ex.Rel _ -> {
        Boolean sum = false;
        Set<String> all = new TreeSet<>();
        for (Tuple t : of(object, name)) {
          sum = kleene('+', sum, term(t, inner(t), all));
        }
        return settled(sum, all, out);
      }
      case Ex.Arrow a -> {
        List<Tuple> over = of(object, a.relation());
        Boolean sum = a.all() && !over.isEmpty();
        Set<String> all = new TreeSet<>();
        for (Tuple t : over) {
          Set<String> own = new TreeSet<>();
          Boolean in = of(t.subject().type() + ":" + t.subject().id() + "#" + a.target(), own);
          Boolean one = term(t, new Part(in, own), all);
          sum = kleene(a.all() ? '&' : '+', sum, one);
        }
        return settled(sum, all, out);
      }
    }
  }

  private record Part(Boolean value, Set<String> why) {}

  private Part inner(Tuple t) {
    SubjectRef s = t.subject();
    Set<String> own = new TreeSet<>();
    if (s.equals(subject)) {
      return new Part(true, own);
    }
    if (s.wildcard()) {
      return new Part(subject.relation() == null && s.type().equals(subject.type()), own);
    }
    if (s.relation() == null) {
      return new Part(false, own);
    }
    return new Part(of(s.type() + ":" + s.id() + "#" + s.relation(), own), own);
  }

  private Boolean term(Tuple t, Part inner, Set<String> out) {
    Object gate = gate(t);
    Boolean g = gate instanceof Boolean b ? b : null;
    Boolean v = kleene('&', g, inner.value());
    if (v == null) {
      if (gate instanceof String name) {
        out.add(name);
      }
      out.addAll(inner.value() == null ? inner.why() : Set.of());
    }
    return v;
  }

  private static Boolean settled(Boolean v, Set<String> all, Set<String> out) {
    if (v == null) {
      out.addAll(all);
    }
    return v;
  }

  private Boolean of(String atom, Set<String> out) {
    Boolean v = now(atom);
    if (v == null) {
      out.addAll(reasons.get(atom));
    }
    return v;
  }

  private static Boolean kleene(char sign, Boolean a, Boolean b) {
    if (sign == '+') {
      return Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)
          ? Boolean.TRUE
          : a == null || b == null ? null : Boolean.FALSE;
    }
    if (sign == '-') {
      return kleene('&', a, b == null ? null : !b);
    }
    return Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)
        ? Boolean.FALSE
        : a == null || b == null ? null : Boolean.TRUE;
  }

  Answer answer(String atom) {
    Bounds b = before.get(atom);
    if (b.lo() == b.hi()) {
      return new Answer(b.lo() ? "allowed" : "denied", Set.of());
    }
    Set<String> why = new TreeSet<>(reasons.get(atom));
    if (why.remove("!fault")) {
      return new Answer("fault", Set.of());
    }
    return why.isEmpty() ? new Answer("unstable", why) : new Answer("conditional", why);
  }
}
