package dev.anvil.authz.store;

import dev.anvil.authz.graph.Subject;
import dev.anvil.authz.schema.Schema;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.Map;
import java.util.function.BiPredicate;

/** A filter over interned names: where it seeks and what it lets through. */
final class Selection {
  private static final String NOBODY = ""; // no id is empty

  private final Filter filter;
  private final long tenant;
  private final int type;
  private final int relation;
  private final int subjectType;
  private final int subjectMember;
  private final String id;
  private final String idPrefix;
  private final String subjectId;

  /**
   * Of these names.
   *
   * @throws Invalid QuestionInvalid for a name that was never declared
   */
  Selection(Filter filter, Names names, ObjectIds ids, long tenant) {
    this.filter = filter;
    this.tenant = tenant;
    this.type = id(names, "resourceType", filter.type());
    this.relation = id(names, "relation", filter.relation());
    this.subjectType = id(names, "subjectType", filter.subjectType());
    this.subjectMember =
        filter.subjectRelation() == null || filter.subjectRelation().equals("...")
            ? Schema.PLAIN
            : id(names, "subjectRelation", filter.subjectRelation());
    this.idPrefix =
        filter.idPrefix() == null
            ? null
            : ids.storedPrefix(tenant, filter.type(), filter.idPrefix());
    boolean none = filter.idPrefix() != null && idPrefix == null;
    this.id = none ? NOBODY : stored(ids, filter.type(), filter.id());
    this.subjectId = stored(ids, filter.subjectType(), filter.subjectId());
  }

  /** Names that no schema has now may stand in stranded tuples; what no schema ever had cannot. */
  private static int id(Names names, String part, String name) {
    int known = name == null ? 0 : names.id(name);
    if (name != null && known == 0) {
      throw new Invalid(
          Invalid.Reason.QUESTION,
          "the filter's "
              + part
              + " '"
              + (name.length() <= 200 ? name : name.substring(0, 200) + "...")
              + "' was never declared, so that nothing can match; correct it, or read the schema",
          Map.of("name", part));
    }
    return known;
  }

  private String stored(ObjectIds ids, String ofType, String name) {
    if (name == null || ofType == null || name.equals(Subject.WILDCARD)) {
      return name;
    }
    String known = ids.stored(tenant, ofType, name);
    return known == null ? NOBODY : known;
  }

  /** Whether the type of the resource is named, so that tuples come in key order. */
  boolean forward() {
    return filter.type() != null;
  }

  byte[] prefix(int table) {
    if (!forward()) {
      return null;
    }
    if (id == null) {
      return idPrefix == null
          ? AuthzRecords.type(tenant, table, type)
          : AuthzRecords.idPrefix(tenant, table, type, idPrefix);
    }
    if (filter.relation() == null) {
      return AuthzRecords.object(tenant, table, type, id);
    }
    if (filter.subjectType() == null) {
      return AuthzRecords.relation(tenant, table, type, id, relation);
    }
    if (filter.subjectRelation() == null) {
      return AuthzRecords.subjectsOf(tenant, table, type, id, relation, subjectType);
    }
    return AuthzRecords.usersetsOf(tenant, table, type, id, relation, subjectType, subjectMember);
  }

  byte[] reversePrefix(int table) {
    return AuthzRecords.object(tenant, table, subjectType, subjectId);
  }

  boolean matches(TupleKey k) {
    return (filter.type() == null || k.type() == type)
        && (id == null || k.id().equals(id))
        && (idPrefix == null || k.id().startsWith(idPrefix))
        && (filter.relation() == null || k.relation() == relation)
        && (filter.subjectType() == null || k.subjectType() == subjectType)
        && (subjectId == null || k.subjectId().equals(subjectId))
        && (filter.subjectRelation() == null || k.subjectMember() == subjectMember);
  }

  /** Rows of now that match, dead ones too, in the order of the keys walked. */
  void now(ReadTx tx, byte[] after, BiPredicate<TupleKey, byte[]> each, Runnable looked) {
    boolean forwards = forward();
    byte[] prefix = forwards ? prefix(AuthzRecords.FORWARD) : reversePrefix(AuthzRecords.REVERSE);
    KeyRange range = KeyRange.prefix(prefix);
    try (EntryCursor c = tx.scan(after == null ? range : range.after(after), Order.ASCENDING)) {
      while (c.next()) {
        looked.run();
        TupleKey k =
            forwards ? AuthzRecords.readForward(c.key()) : AuthzRecords.readReverse(c.key());
        if (matches(k) && !each.test(k, c.value())) {
          return;
        }
      }
    }
  }
}
