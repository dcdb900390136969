package dev.anvil.authz.store;

import dev.anvil.authz.graph.Edge;
import dev.anvil.authz.limits.AuthzLimits.WriteLimits;
import dev.anvil.authz.schema.Condition;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.authz.schema.SystemSchema;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.values.Conversion;
import dev.anvil.authz.values.Json;
import dev.anvil.ports.caveats.CaveatType;
import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks tuples against a schema and interns them. */
final class TupleCompiler {
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private final Schema schema;
  private final Names names;
  private final ObjectIds ids;
  private final long tenant;
  private final WriteLimits limits;

  TupleCompiler(Schema schema, Names names, ObjectIds ids, long tenant, WriteLimits limits) {
    this.schema = schema;
    this.names = names;
    this.ids = ids;
    this.tenant = tenant;
    this.limits = limits;
  }

  /**
   * The tuple, which a relation admits exactly.
   *
   * @throws Invalid TupleInvalid, InvalidCaveatHash or CaveatContextInvalid
   */
  Compiled compile(Tuple t) {
    Schema.Type type = schema.type(t.resource().type());
    if (type == null) {
      throw bad(t, "no type '" + t.resource().type() + "' is declared");
    }
    Schema.Member relation = type.member(t.relation());
    if (relation == null || !relation.relation()) {
      throw bad(
          t,
          relation == null
              ? "type '" + type.name() + "' has no relation '" + t.relation() + "'"
              : "'" + t.relation() + "' is a permission, which is computed and never written");
    }
    if (Structure.structural(relation)) {
      throw bad(t, "'" + t.relation() + "' follows from the id and is never written");
    }
    int caveat = caveat(t);
    TupleKey key = key(t);
    Shape shape =
        new Shape(
            key.subjectType(), key.subjectMember(), key.wildcard(), caveat, t.expiresAt() != null);
    if (key.subjectType() == 0 || !relation.admits(shape)) {
      throw bad(
          t,
          "relation '"
              + relation
              + "' admits "
              + shapes(relation)
              + "; write one of these, or add the shape to the schema");
    }
    byte[] context = t.caveat() == null ? null : context(t.caveat());
    return new Compiled(key, shape, context, expires(t), t.toString());
  }

  /** Milliseconds since 1970, at least 1; 0 for never. */
  private static long expires(Tuple t) {
    Instant at = t.expiresAt();
    if (at == null) {
      return 0;
    }
    if (at.isBefore(FIRST) || at.isAfter(LAST)) {
      throw bad(
          t, "it expires in one of the years 0000 to 9999; a tuple that never does has no expiry");
    }
    return Math.max(1, at.toEpochMilli());
  }

  /** The key to delete: names that are no longer declared are fine, those that never were not. */
  TupleKey deleted(Tuple t) {
    once(t, "type", t.resource().type());
    once(t, "relation", t.relation());
    once(t, "type", t.subject().type());
    if (t.subject().relation() != null) {
      once(t, "relation", t.subject().relation());
    }
    return key(t);
  }

  private void once(Tuple t, String what, String name) {
    if (names.id(name) == 0) {
      throw bad(
          t,
          "no "
              + what
              + " '"
              + name
              + "' was ever declared, so that there is no such tuple; correct the name");
    }
  }

  /** The key alone. */
  TupleKey key(Tuple t) {
    check(t, t.resource().type(), t.resource().id());
    if (t.resource().id().equals(SubjectRef.WILDCARD)) {
      throw bad(t, "a resource is never a wildcard; name one object");
    }
    SubjectRef s = t.subject();
    if (!s.wildcard()) {
      check(t, s.type(), s.id());
    } else if (s.relation() != null) {
      throw bad(t, "a wildcard has no '#relation'; leave it out");
    }
    ObjectRef r = t.resource();
    String resource = stored(t, r.type(), r.id());
    String subject = s.wildcard() ? s.id() : stored(t, s.type(), s.id());
    return new TupleKey(
        names.id(r.type()),
        resource,
        names.id(t.relation()),
        names.id(s.type()),
        s.relation() == null ? Schema.PLAIN : unknownAsNone(s.relation()),
        subject);
  }

  /** A member never seen must not read as the plain object. */
  private int unknownAsNone(String member) {
    int id = names.id(member);
    return id == 0 ? -1 : id;
  }

  private String stored(Tuple t, String type, String id) {
    String stored = ids.stored(tenant, type, id);
    if (stored == null) {
      throw bad(t, "there is no " + type + " '" + id + "'");
    }
    return stored;
  }

  /** As an edge of a request's own, type-checked like a written one. */
  Edge edge(Compiled c) {
    TupleKey k = c.key();
    return new Edge(
        k.subjectType(), k.subjectId(), k.subjectMember(), c.shape().caveat(), c.context(), false);
  }

  private void check(Tuple t, String type, String id) {
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > limits.idBytes()) {
      throw bad(t, "an id has 1 to " + limits.idBytes() + " bytes, this one " + bytes);
    }
    boolean halves = id.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    boolean controls =
        !SystemSchema.isSystem(type) && id.codePoints().anyMatch(Character::isISOControl);
    if (halves || controls) {
      throw bad(t, "an id holds no control characters and no half characters");
    }
  }

  private int caveat(Tuple t) {
    if (t.caveat() == null) {
      return 0;
    }
    Condition condition = schema.condition(t.caveat().name());
    if (condition == null) {
      throw bad(t, "no caveat '" + t.caveat().name() + "' is declared");
    }
    String hash = t.caveat().hash();
    if (hash != null && !hash.equals(condition.hash())) {
      throw new Invalid(
          Invalid.Reason.CAVEAT_HASH,
          "caveat '" + condition.name() + "' has another hash now; read the schema again",
          Map.of("caveat", condition.name(), "hash", condition.hash()));
    }
    return condition.id();
  }

  private byte[] context(Tuple.Caveat caveat) {
    if (caveat.context().isEmpty()) {
      return null;
    }
    Condition condition = schema.condition(caveat.name());
    for (Map.Entry<String, Object> e : caveat.context().entrySet()) {
      CaveatType type = condition.parameters().get(e.getKey());
      if (type == null) {
        throw new Invalid(
            Invalid.Reason.CAVEAT_CONTEXT,
            "caveat '" + caveat.name() + "' has no parameter '" + e.getKey() + "'; remove it",
            Map.of("caveat", caveat.name(), "parameter", e.getKey()));
      }
      Conversion.convert(e.getKey(), type, e.getValue());
    }
    byte[] json = Json.write(caveat.context()).getBytes(StandardCharsets.UTF_8);
    if (json.length > limits.contextBytes()) {
      throw new Invalid(
          Invalid.Reason.CAVEAT_CONTEXT,
          "a stored context has at most "
              + limits.contextBytes()
              + " bytes, this one "
              + json.length,
          Map.of("limit", limits.contextBytes(), "value", json.length));
    }
    return json;
  }

  private String shapes(Schema.Member relation) {
    return relation.shapes().stream().map(this::text).collect(Collectors.joining(" | "));
  }

  private String text(Shape s) {
    String subject =
        names.text(s.type())
            + (s.wildcard() ? ":*" : "")
            + (s.member() == Schema.PLAIN ? "" : "#" + names.text(s.member()));
    String caveat = s.caveat() == 0 ? "" : names.text(s.caveat());
    String and = s.caveat() != 0 && s.expires() ? " and " : "";
    return s.bare()
        ? subject
        : subject + " with " + caveat + and + (s.expires() ? "expiration" : "");
  }

  private static Invalid bad(Tuple t, String rule) {
    String text = t.key();
    String shown = text.length() <= 200 ? text : text.substring(0, 200) + "...";
    return new Invalid(
        Invalid.Reason.TUPLE, "tuple '" + shown + "': " + rule, Map.of("tuple", shown));
  }
}
