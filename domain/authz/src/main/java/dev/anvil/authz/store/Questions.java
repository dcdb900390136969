package dev.anvil.authz.store;

import dev.anvil.authz.graph.Gates;
import dev.anvil.authz.graph.Overlay;
import dev.anvil.authz.graph.Shared;
import dev.anvil.authz.graph.Subject;
import dev.anvil.authz.graph.Trace;
import dev.anvil.authz.graph.TupleSource;
import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.graph.Walk;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.values.Json;
import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Questions over one view: names looked up, conditions and shared work of one request. */
public final class Questions {
  private record Setting(Map<String, Object> context, List<Tuple> contextual) {}

  private final View view;
  private final ObjectIds ids;
  private final AuthzLimits limits;
  private final Map<Setting, Shared> shared = new HashMap<>();

  /** For one request. */
  public Questions(View view, ObjectIds ids, AuthzLimits limits) {
    this.view = view;
    this.ids = ids;
    this.limits = limits;
  }

  /**
   * The answer.
   *
   * @throws Invalid QuestionInvalid for a type or member that is not declared
   */
  public Verdict check(Question q, Work work) {
    Asked asked = asked(q, work);
    return asked.walk().check(asked.member().type().id(), asked.id(), asked.member());
  }

  /**
   * The answer, with how it came about.
   *
   * @throws Invalid QuestionInvalid for a type or member that is not declared
   */
  public Walk.Explained explain(Question q, Work work, Trace.Sight sight) {
    Asked asked = asked(q, work);
    return asked.walk().explain(asked.member().type().id(), asked.id(), asked.member(), sight);
  }

  private record Asked(Schema.Member member, String id, Walk walk) {}

  private Asked asked(Question q, Work work) {
    Schema.Member member = member(view.schema(), q.resource().type(), q.permission());
    if (q.resource().id().equals(SubjectRef.WILDCARD)) {
      throw invalid("a resource is never a wildcard", q.resource().toString());
    }
    Subject subject = subject(q.subject());
    context(q.context());
    TupleSource source = source(q.contextual());
    Gates gates = new Gates(view.schema(), q.context(), Instant.ofEpochMilli(view.millis()));
    Shared known =
        shared.computeIfAbsent(new Setting(q.context(), q.contextual()), s -> new Shared());
    String id = stored(q.resource());
    return new Asked(member, id, new Walk(source, subject, gates, work, known));
  }

  /** Tuples of the view with those of the request over them. */
  public TupleSource source(List<Tuple> contextual) {
    if (contextual.isEmpty()) {
      return view;
    }
    int most = limits.question().contextualTuples();
    if (contextual.size() > most) {
      throw invalid("a question has at most " + most + " contextual tuples", contextual.size());
    }
    TupleCompiler compiler =
        new TupleCompiler(view.schema(), view.names(), ids, view.tenant(), limits.write());
    Overlay overlay = new Overlay(view);
    for (Tuple t : contextual) {
      Compiled c = compiler.compile(t);
      if (c.expires() == 0 || view.millis() < c.expires()) {
        overlay.add(c.key().type(), c.key().id(), c.key().relation(), compiler.edge(c));
      }
    }
    return overlay;
  }

  /** Refuses a context over its bound. */
  public void context(Map<String, Object> context) {
    if (context.isEmpty()) {
      return;
    }
    int bytes = Json.write(context).getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limits.question().contextBytes()) {
      throw invalid("a context has at most " + limits.question().contextBytes() + " bytes", bytes);
    }
  }

  /** The member of a type by name. */
  public static Schema.Member member(Schema schema, String type, String member) {
    Schema.Type known = schema.type(type);
    if (known == null) {
      throw invalid("no such type is declared", type);
    }
    Schema.Member found = known.member(member);
    if (found == null) {
      throw invalid("type '" + type + "' has no such member", member);
    }
    return found;
  }

  /** The subject over interned names. */
  public Subject subject(SubjectRef s) {
    Schema.Type type = view.schema().type(s.type());
    if (type == null) {
      throw invalid("no such subject type is declared", s.type());
    }
    if (s.relation() != null && s.wildcard()) {
      throw invalid("a wildcard has no '#relation'", s.toString());
    }
    int member =
        s.relation() == null ? Schema.PLAIN : member(view.schema(), s.type(), s.relation()).id();
    String id = s.wildcard() ? s.id() : stored(new ObjectRef(s.type(), s.id()));
    return new Subject(type.id(), id, member);
  }

  /** The stored id; of what does not exist one that no tuple has. */
  public String stored(ObjectRef o) {
    String stored = ids.stored(view.tenant(), o.type(), o.id());
    return stored == null ? "" : stored;
  }

  private static Invalid invalid(String rule, Object value) {
    String text = String.valueOf(value);
    String shown = text.length() <= 200 ? text : text.substring(0, 200) + "...";
    return new Invalid(Invalid.Reason.QUESTION, "'" + shown + "': " + rule, Map.of("value", shown));
  }
}
