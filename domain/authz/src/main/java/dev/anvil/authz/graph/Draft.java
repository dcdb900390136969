package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Plan;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.values.Json;
import dev.anvil.ports.failure.Corrupt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** A node of a trace while it is put together. One thread. */
final class Draft {
  final Trace.Kind kind;
  final String text;
  Trace.Outcome outcome;
  SortedSet<String> missing = Collections.emptySortedSet();
  Trace.Caveat caveat;
  boolean repeated;
  boolean truncated;
  Trace.Rest rest;
  final List<Trace> children = new ArrayList<>();

  Draft(Trace.Kind kind, String text) {
    this.kind = kind;
    this.text = text;
  }

  Draft of(Truth truth) {
    outcome = Trace.Outcome.of(truth);
    if (outcome == Trace.Outcome.CONDITIONAL) {
      missing = truth.missing();
    }
    return this;
  }

  Trace done() {
    return new Trace(
        kind, text, outcome, why(), missing, caveat, repeated, truncated, rest, children);
  }

  private Trace.Why why() {
    if (outcome == Trace.Outcome.UNDEFINED) {
      return Trace.Why.UNSTABLE_CYCLE;
    }
    if (outcome != Trace.Outcome.DENIED) {
      return null;
    }
    if (caveat != null && caveat.outcome() == Trace.Outcome.DENIED) {
      return Trace.Why.CAVEAT_FALSE;
    }
    boolean taken =
        kind == Trace.Kind.EXCLUSION
            && children.size() == 2
            && children.get(0).outcome() != Trace.Outcome.DENIED
            && children.get(1).outcome() == Trace.Outcome.ALLOWED;
    Trace.Why most = taken ? Trace.Why.EXCLUDED : Trace.Why.NO_PATH;
    for (Trace child : children) {
      boolean counts = kind != Trace.Kind.EXCLUSION || child == children.getFirst();
      if (counts && child.why() != null && child.why().compareTo(most) > 0) {
        most = child.why();
      }
    }
    return most;
  }

  /** The object as clients say it, or null if it is gone. */
  static ObjectRef object(Trace.Sight sight, Schema.Type type, String id) {
    String shown =
        type == null ? null : id.equals(Subject.WILDCARD) ? id : sight.shown(type.name(), id);
    return shown == null ? null : new ObjectRef(type.name(), shown);
  }

  /** Text of a tuple of the object's relation, or null if its subject is gone. */
  static String tuple(
      Schema schema, Trace.Sight sight, ObjectRef on, Schema.Member relation, Edge e) {
    ObjectRef subject = object(sight, schema.type(e.type()), e.id());
    Schema.Member member = e.member() == Schema.PLAIN ? null : schema.member(e.type(), e.member());
    if (subject == null || member == null && e.member() != Schema.PLAIN) {
      return null;
    }
    SubjectRef who =
        new SubjectRef(subject.type(), subject.id(), member == null ? null : member.name());
    Tuple.Caveat caveat =
        e.caveat() == 0
            ? null
            : new Tuple.Caveat(schema.condition(e.caveat()).name(), context(e.context()), null);
    return new Tuple(on, relation.name(), who, caveat, null).toString();
  }

  private static Map<String, Object> context(byte[] stored) {
    try {
      return stored == null
          ? Map.of()
          : Json.readObject(new String(stored, StandardCharsets.UTF_8), 0).object();
    } catch (Json.Malformed e) {
      throw new Corrupt("a stored context is no JSON: " + e.getMessage());
    }
  }

  /** An arrow as it is written. */
  static String arrow(Schema schema, Plan.Hop hop) {
    String target = "?";
    for (var s : hop.relation().shapes()) {
      Schema.Member m = schema.member(s.type(), hop.target());
      target = m == null ? target : m.name();
    }
    return hop.all()
        ? hop.relation().name() + ".all(" + target + ")"
        : hop.relation().name() + "->" + target;
  }
}
