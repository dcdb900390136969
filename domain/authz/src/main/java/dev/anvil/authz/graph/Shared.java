package dev.anvil.authz.graph;

import java.util.HashMap;
import java.util.Map;

/**
 * Memberships found by one question that other questions of the same batch, with the same context,
 * may use. Only what is certain and hangs on no circle; with the hops it rests on, so that an item
 * never gets an answer that it would not get alone. One thread.
 */
public final class Shared {
  /** A value and how far it reaches. */
  record Known(Truth value, int height) {}

  private final Map<Subject, Map<Node.Key, Known>> known = new HashMap<>();

  Known get(Subject subject, Node.Key key) {
    Map<Node.Key, Known> of = known.get(subject);
    return of == null ? null : of.get(key);
  }

  /** All that is known of the subject. */
  Map<Node.Key, Known> of(Subject subject) {
    return known.getOrDefault(subject, Map.of());
  }

  void keep(Expansion question) {
    Map<Node.Key, Known> of = known.computeIfAbsent(question.subject, s -> new HashMap<>());
    for (Node n : question.nodes.values()) {
      if (n.value != null && !n.value.open() && n.height < Node.UNBOUNDED) {
        of.put(n.key, new Known(n.value, n.height));
      }
    }
  }
}
