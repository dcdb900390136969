package dev.anvil.authz.store;

import dev.anvil.authz.graph.Edge;
import dev.anvil.authz.graph.Gates;
import dev.anvil.authz.graph.Overlay;
import dev.anvil.authz.graph.Shared;
import dev.anvil.authz.graph.Subject;
import dev.anvil.authz.graph.TupleSource;
import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.graph.Walk;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.time.Ticker;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A schema with tuples in memory, which answers as a server would: to try a schema before it is put
 * in force. Ids of the server's own resources count as they are written. One thread.
 */
public final class Rehearsal {
  private final Schema schema;
  private final TupleCompiler compiler;
  private final Overlay tuples;
  private final AuthzLimits limits;
  private final Instant now;
  private final Ticker ticker;

  /**
   * Without tuples.
   *
   * @param now time of all questions
   * @throws Invalid SchemaInvalid with every problem
   */
  public Rehearsal(
      SchemaReader reader, AuthzLimits limits, String schemaText, Instant now, Ticker ticker) {
    Names.Growing names = Names.SYSTEM.grow();
    this.schema = reader.read(schemaText, false, names::intern);
    this.compiler = new TupleCompiler(schema, names.names(), ObjectIds.PLAIN, 1, limits.write());
    this.tuples = new Overlay(new Nothing(schema));
    this.limits = limits;
    this.now = now;
    this.ticker = ticker;
  }

  /** The compiled schema. */
  public Schema schema() {
    return schema;
  }

  /**
   * Returns if a server with the schema would take the tuple.
   *
   * @throws Invalid TupleInvalid, InvalidCaveatHash or CaveatContextInvalid
   */
  public void verify(Tuple tuple) {
    compiler.compile(tuple);
  }

  /** Adds a tuple; see {@link #verify}. */
  public void add(Tuple tuple) {
    Compiled c = compiler.compile(tuple);
    if (c.expires() == 0 || now.toEpochMilli() < c.expires()) {
      tuples.add(c.key().type(), c.key().id(), c.key().relation(), compiler.edge(c));
    }
  }

  /**
   * The answer.
   *
   * @throws Invalid QuestionInvalid for a type or member that is not declared
   */
  public Verdict check(Question q) {
    Schema.Member member = Questions.member(schema, q.resource().type(), q.permission());
    SubjectRef s = q.subject();
    Schema.Type type = schema.type(s.type());
    if (type == null) {
      throw new Invalid(
          Invalid.Reason.QUESTION,
          "'" + s.type() + "': no such subject type is declared",
          Map.of("value", s.type()));
    }
    int of =
        s.relation() == null ? Schema.PLAIN : Questions.member(schema, s.type(), s.relation()).id();
    Gates gates = new Gates(schema, q.context(), now);
    Work work = new Work(limits.question(), ticker);
    return new Walk(tuples, new Subject(type.id(), s.id(), of), gates, work, new Shared())
        .check(member.type().id(), q.resource().id(), member);
  }

  /** No tuple but those that follow from ids. */
  private static final class Nothing implements TupleSource {
    private final Schema schema;
    private final Structure structure = new Structure("tenant");

    Nothing(Schema schema) {
      this.schema = schema;
    }

    @Override
    public Schema schema() {
      return schema;
    }

    private Edge structural(String id, Schema.Member relation) {
      return Structure.structural(relation) ? structure.of(relation, id) : null;
    }

    @Override
    public Edge exact(String id, Schema.Member relation, int type, String subject, int member) {
      Edge e = structural(id, relation);
      boolean same = e != null && e.type() == type && e.member() == member;
      return same && e.id().equals(subject) ? e : null;
    }

    @Override
    public void usersets(
        String id, Schema.Member relation, int type, int member, Predicate<Edge> each) {
      // what follows from ids names objects, never usersets
    }

    @Override
    public void all(String id, Schema.Member relation, Predicate<Edge> each) {
      Edge e = structural(id, relation);
      if (e != null) {
        each.test(e);
      }
    }

    @Override
    public void ofType(String id, Schema.Member relation, int type, Predicate<Edge> each) {
      Edge e = structural(id, relation);
      if (e != null && e.type() == type) {
        each.test(e);
      }
    }

    @Override
    public void reverse(int type, String subject, int member, Schema.Member relation, Found each) {
      // nothing is stored
    }
  }
}
