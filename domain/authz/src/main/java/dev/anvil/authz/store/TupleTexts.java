package dev.anvil.authz.store;

import dev.anvil.authz.graph.Subject;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.values.Json;
import dev.anvil.ports.failure.Corrupt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** Stored tuples as clients say them. */
final class TupleTexts {
  private final View view;
  private final ObjectIds ids;

  TupleTexts(View view, ObjectIds ids) {
    this.view = view;
    this.ids = ids;
  }

  /** The tuple, or null if its resource or subject is gone. */
  Tuple tuple(TupleKey k, Row row) {
    Names names = view.names();
    String type = names.text(k.type());
    String subjectType = names.text(k.subjectType());
    String id = ids.shown(view.tenant(), type, k.id());
    String subject =
        k.subjectId().equals(Subject.WILDCARD)
            ? k.subjectId()
            : ids.shown(view.tenant(), subjectType, k.subjectId());
    if (id == null || subject == null) {
      return null;
    }
    Tuple.Caveat caveat =
        row.caveat() == 0
            ? null
            : new Tuple.Caveat(names.text(row.caveat()), context(row.context()), null);
    return new Tuple(
        new ObjectRef(type, id),
        names.text(k.relation()),
        new SubjectRef(
            subjectType,
            subject,
            k.subjectMember() == Schema.PLAIN ? null : names.text(k.subjectMember())),
        caveat,
        row.expires() == 0 ? null : Instant.ofEpochMilli(row.expires()));
  }

  String text(TupleKey k, Row row) {
    return String.valueOf(tuple(k, row));
  }

  private static Map<String, Object> context(byte[] stored) {
    if (stored == null) {
      return Map.of();
    }
    try {
      return Json.readObject(new String(stored, StandardCharsets.UTF_8), 0).object();
    } catch (Json.Malformed e) {
      throw new Corrupt("a stored context is no JSON: " + e.getMessage());
    }
  }
}
