package dev.anvil.authz.store;

import dev.anvil.authz.graph.Utf8Order;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes rows of one closure from the tuples of a snapshot. What a row holds follows from the tuples
 * alone, except for numbers, which sets keep. One thread.
 */
final class ClosureMaker {
  private final ReadTx tx;
  private final long tenant;
  private final AuthzRecords.Nest nest;
  private final Schema.Member relation;
  private final int fan;
  private final Map<String, ClosureRow> before = new HashMap<>();
  private final Map<String, Integer> given = new HashMap<>();
  private final Map<String, ClosureRow> made = new LinkedHashMap<>();
  private final Set<String> todo = new LinkedHashSet<>();
  private int next;

  /**
   * For one snapshot.
   *
   * @param relation as declared now; null, or one that does not nest, has no rows
   * @param next number of the next set that has none
   * @param fan sets that a row names at most
   */
  ClosureMaker(
      ReadTx tx, long tenant, AuthzRecords.Nest nest, Schema.Member relation, int next, int fan) {
    this.tx = tx;
    this.tenant = tenant;
    this.nest = nest;
    this.relation = relation != null && relation.nests() ? relation : null;
    this.next = next;
    this.fan = fan;
  }

  /** Rows made, null where there must be none. */
  Map<String, ClosureRow> made() {
    return made;
  }

  /** The row as stored, or null; after the snapshot only of what was made. */
  ClosureRow before(String id) {
    if (!before.containsKey(id)) {
      byte[] bytes = tx.get(AuthzRecords.closureRow(tenant, nest, id));
      before.put(id, bytes == null ? null : ClosureRow.decode(bytes));
    }
    return before.get(id);
  }

  int next() {
    return next;
  }

  /**
   * Makes rows of these and of all that they name and that has none.
   *
   * @return whether it kept to the bound
   */
  boolean make(Iterable<String> ids, int most) {
    ids.forEach(todo::add);
    while (!todo.isEmpty()) {
      String id = todo.iterator().next();
      todo.remove(id);
      if (made.containsKey(id)) {
        continue;
      }
      if (made.size() >= most) {
        return false;
      }
      // read now: whoever stores the rows does it after the snapshot
      before(id);
      made.put(id, row(id));
    }
    return true;
  }

  private ClosureRow row(String id) {
    if (relation == null) {
      return null;
    }
    Set<String> up = reach(id, this::parents);
    boolean wide = up == null;
    boolean children = !children(id).isEmpty();
    boolean mixed = relation.mixes() && mixedBelow(id);
    if (!wide && up.isEmpty() && !children && !mixed) {
      return null;
    }
    int[] above = wide ? new int[0] : up.stream().mapToInt(this::number).sorted().toArray();
    return new ClosureRow(number(id), mixed, wide, above);
  }

  private int number(String id) {
    ClosureRow known = before(id);
    if (known != null) {
      return known.number();
    }
    Integer fresh = given.get(id);
    if (fresh == null) {
      fresh = next++;
      given.put(id, fresh);
      todo.add(id);
    }
    return fresh;
  }

  private interface Step {
    List<String> from(String id);
  }

  /** All that is reached, without the start unless it reaches itself; null past the bound. */
  private Set<String> reach(String id, Step step) {
    Set<String> found = new HashSet<>();
    ArrayDeque<String> queue = new ArrayDeque<>(List.of(id));
    while (!queue.isEmpty()) {
      for (String s : step.from(queue.poll())) {
        if (found.add(s)) {
          queue.add(s);
          if (found.size() > fan) {
            return null;
          }
        }
      }
    }
    return found;
  }

  /** Sets whose rows hang on what a set is in: itself and all in it; null past the bound. */
  Set<String> below(String id) {
    Set<String> found = relation == null ? new HashSet<>() : reach(id, this::children);
    if (found != null) {
      found.add(id);
    }
    return found;
  }

  /** Sets whose rows hang on what is in a set: itself and all it is in; null past the bound. */
  Set<String> above(String id) {
    Set<String> found = relation == null ? new HashSet<>() : reach(id, this::parents);
    if (found != null) {
      found.add(id);
    }
    return found;
  }

  private List<String> parents(String id) {
    List<String> found = new ArrayList<>();
    byte[] prefix =
        AuthzRecords.reverseOf(
            tenant,
            AuthzRecords.REVERSE,
            nest.type(),
            id,
            nest.member(),
            nest.type(),
            nest.member());
    try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
      while (c.next()) {
        Row row = Row.decodeReverse(c.value());
        if (row.caveat() == 0 && row.expires() == 0) {
          found.add(AuthzRecords.readReverse(c.key()).id());
        }
      }
    }
    return found;
  }

  private List<String> children(String id) {
    List<String> found = new ArrayList<>();
    scan(
        id,
        nest.type(),
        nest.member(),
        (k, row) -> {
          if (row.caveat() == 0 && row.expires() == 0) {
            found.add(k.subjectId());
          }
        });
    return found;
  }

  private interface Each {
    void at(TupleKey key, Row row);
  }

  private void scan(String id, int type, int member, Each each) {
    byte[] prefix =
        AuthzRecords.usersetsOf(
            tenant, AuthzRecords.FORWARD, nest.type(), id, nest.member(), type, member);
    try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
      while (c.next()) {
        each.at(AuthzRecords.readForward(c.key()), Row.decode(c.value()));
      }
    }
  }

  private boolean mixedBelow(String id) {
    if (mixed(id)) {
      return true;
    }
    Set<String> down = reach(id, this::children);
    return down == null || down.stream().anyMatch(this::mixed);
  }

  /** Whether usersets other than bare ones of its own kind are in it. */
  private boolean mixed(String id) {
    boolean[] found = {false};
    Set<Long> kinds = new HashSet<>();
    for (Shape s : relation.shapes()) {
      if (s.member() != Schema.PLAIN && kinds.add((long) s.type() << 32 | s.member())) {
        boolean own = s.type() == nest.type() && s.member() == nest.member();
        scan(
            id,
            s.type(),
            s.member(),
            (k, row) -> {
              boolean plain = own && row.caveat() == 0 && row.expires() == 0;
              found[0] |= !plain && relation.admits(View.shape(k, row));
            });
      }
    }
    return found[0];
  }

  /** The next ids, at most so many, that can have a row or have one; in byte order. */
  List<String> idsAfter(String place, int most) {
    List<String> found = new ArrayList<>();
    String last = place;
    while (found.size() < most) {
      String id = least(least(named(FORWARD, last), named(REVERSE, last)), kept(last));
      if (id == null) {
        return found;
      }
      found.add(id);
      last = id;
    }
    return found;
  }

  private static final int FORWARD = AuthzRecords.FORWARD;
  private static final int REVERSE = AuthzRecords.REVERSE;

  private static String least(String a, String b) {
    return a == null ? b : b == null || Utf8Order.INSTANCE.compare(a, b) <= 0 ? a : b;
  }

  private String named(int table, String after) {
    KeyRange all = KeyRange.prefix(AuthzRecords.type(tenant, table, nest.type()));
    KeyRange rest =
        after == null
            ? all
            : all.startingAt(
                KeyRange.successorOfPrefix(AuthzRecords.object(tenant, table, nest.type(), after)));
    try (EntryCursor c = tx.scan(rest, Order.ASCENDING)) {
      if (!c.next()) {
        return null;
      }
      return table == FORWARD
          ? AuthzRecords.readForward(c.key()).id()
          : AuthzRecords.readReverse(c.key()).subjectId();
    }
  }

  private String kept(String after) {
    KeyRange all = KeyRange.prefix(AuthzRecords.closureRow(tenant, nest, ""));
    KeyRange rest = after == null ? all : all.after(AuthzRecords.closureRow(tenant, nest, after));
    try (EntryCursor c = tx.scan(rest, Order.ASCENDING)) {
      return c.next() ? AuthzRecords.closureRowId(c.key()) : null;
    }
  }
}
