package dev.anvil.authz.graph;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.limits.AuthzLimits.QuestionLimits;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.schema.Shape;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.authz.values.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A schema and tuples in memory, with the engine over them. */
final class World implements TupleSource {
  static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);

  /** Ways to misread tuples, to prove that the oracle notices. */
  enum Lie {
    NONE_OF_THE_WILDCARDS,
    NO_CONDITIONS,
    NO_USERSETS,
    ONE_HOP_ONLY
  }

  Lie lie;
  final Map<String, Integer> names = new HashMap<>();
  final Schema schema;
  final List<Tuple> tuples = new ArrayList<>();
  QuestionLimits limits = QuestionLimits.DEFAULT;
  Shared shared = new Shared();

  /** What the last question cost. */
  Work work;

  World(String text) {
    this.schema =
        new SchemaReader(AuthzLimits.SchemaLimits.DEFAULT, new TestCaveats())
            .read(text, false, this::id);
  }

  private int id(String name) {
    return names.computeIfAbsent(name, n -> names.size() + 1);
  }

  World with(String... texts) {
    for (String t : texts) {
      tuples.add(TupleText.parse(t));
    }
    return this;
  }

  Verdict check(String object, String permission, String subject, Map<String, Object> context) {
    var on = TupleText.object(object);
    Schema.Type type = schema.type(on.type());
    return walk(subject, context).check(type.id(), on.id(), type.member(permission));
  }

  /** The same question with its trace, everything readable. */
  Walk.Explained explain(
      String object, String permission, String subject, Map<String, Object> context) {
    var on = TupleText.object(object);
    Schema.Type type = schema.type(on.type());
    return walk(subject, context)
        .explain(type.id(), on.id(), type.member(permission), new EverythingSeen());
  }

  private static final class EverythingSeen implements Trace.Sight {
    @Override
    public String shown(String type, String id) {
      return id;
    }

    @Override
    public boolean readable(ObjectRef object, String member) {
      return true;
    }
  }

  private Walk walk(String subject, Map<String, Object> context) {
    SubjectRef s = TupleText.subject(subject);
    Subject who = new Subject(id(s.type()), s.id(), s.relation() == null ? 0 : id(s.relation()));
    work = new Work(limits, System::nanoTime);
    return new Walk(this, who, new Gates(schema, context, NOW), work, shared);
  }

  String check(String question) {
    String[] at = question.split("@");
    String[] on = at[0].split("#");
    return check(on[0], on[1], at[1], Map.of()).outcome().wire();
  }

  private Edge edge(Tuple t, Schema.Member relation) {
    SubjectRef s = t.subject();
    int caveat = t.caveat() == null ? 0 : id(t.caveat().name());
    int member = s.relation() == null ? 0 : id(s.relation());
    if (!relation.admits(new Shape(id(s.type()), member, s.wildcard(), caveat, false))) {
      return null;
    }
    byte[] context =
        t.caveat() == null
            ? null
            : Json.write(t.caveat().context()).getBytes(StandardCharsets.UTF_8);
    if (lie == Lie.NONE_OF_THE_WILDCARDS && s.wildcard()) {
      return null;
    }
    int gate = lie == Lie.NO_CONDITIONS ? 0 : caveat;
    return new Edge(id(s.type()), s.id(), member, gate, context, false);
  }

  private boolean on(Tuple t, String id, Schema.Member relation) {
    return t.resource().type().equals(relation.type().name())
        && t.resource().id().equals(id)
        && t.relation().equals(relation.name());
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Edge exact(String id, Schema.Member relation, int type, String subject, int member) {
    Edge[] found = {null};
    all(
        id,
        relation,
        e -> {
          boolean same = e.type() == type && e.id().equals(subject) && e.member() == member;
          found[0] = same ? e : found[0];
          return !same;
        });
    return found[0];
  }

  @Override
  public void usersets(
      String id, Schema.Member relation, int type, int member, Predicate<Edge> each) {
    if (lie != Lie.NO_USERSETS) {
      all(id, relation, e -> e.type() != type || e.member() != member || each.test(e));
    }
  }

  @Override
  public void all(String id, Schema.Member relation, Predicate<Edge> each) {
    for (Tuple t : tuples) {
      Edge e = on(t, id, relation) ? edge(t, relation) : null;
      if (e != null && !each.test(e)) {
        return;
      }
    }
  }

  @Override
  public void ofType(String id, Schema.Member relation, int type, Predicate<Edge> each) {
    all(id, relation, e -> e.type() != type || each.test(e) && lie != Lie.ONE_HOP_ONLY);
  }

  @Override
  public void reverse(int type, String subject, int member, Schema.Member relation, Found each) {
    for (Tuple t : tuples) {
      if (t.resource().type().equals(relation.type().name())
          && t.relation().equals(relation.name())) {
        Edge e = edge(t, relation);
        boolean same =
            e != null && e.type() == type && e.id().equals(subject) && e.member() == member;
        if (same && !each.at(t.resource().id(), e)) {
          return;
        }
      }
    }
  }
}
