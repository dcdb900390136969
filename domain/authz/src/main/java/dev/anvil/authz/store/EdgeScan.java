package dev.anvil.authz.store;

import dev.anvil.authz.graph.Edge;
import dev.anvil.authz.graph.Subject;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * One pass over the tuples of a relation of an object as they stand, without what answers ignore.
 */
final class EdgeScan {
  private final View view;
  private final Schema.Member relation;
  private final Predicate<Edge> each;
  private final byte[] head;
  private final Subject after;
  private boolean jumped;
  private boolean wildcard;
  private Shape last;
  private boolean admitted;

  /**
   * Of the relation.
   *
   * @param after subjects of its type, objects alone, up to this one may be left out; null for none
   */
  EdgeScan(View view, String id, Schema.Member relation, Subject after, Predicate<Edge> each) {
    this.view = view;
    this.relation = relation;
    this.each = each;
    this.head =
        AuthzRecords.relation(
            view.tenant(), AuthzRecords.FORWARD, relation.type().id(), id, relation.id());
    this.after = after;
    this.jumped = after == null;
  }

  /** Passes all with the prefix; true if the taker wanted no more. */
  boolean over(byte[] prefix) {
    KeyRange range = KeyRange.prefix(prefix);
    byte[] resume = null;
    while (true) {
      try (EntryCursor c = view.edges(resume == null ? range : range.after(resume))) {
        resume = null;
        while (resume == null && c.next()) {
          byte[] key = c.key();
          if (!jumped && early(key)) {
            jumped = true;
            resume = place(after.id());
            if (!wildcard && taken(place(Subject.WILDCARD))) {
              return true;
            }
          } else if (take(key, c.value())) {
            return true;
          }
        }
        if (resume == null) {
          return false;
        }
      }
    }
  }

  private byte[] place(String subject) {
    byte[] id = subject.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(head.length + 8 + id.length)
        .put(head)
        .putInt(after.type())
        .putInt(Schema.PLAIN)
        .put(id)
        .array();
  }

  /** Whether the key is of a subject that may be left out; the wildcard never is. */
  private boolean early(byte[] key) {
    ByteBuffer kind = ByteBuffer.wrap(key, head.length, 8);
    boolean plain = kind.getInt() == after.type() && kind.getInt() == Schema.PLAIN;
    if (!plain) {
      return false;
    }
    if (Arrays.equals(key, place(Subject.WILDCARD))) {
      wildcard = true;
      return false;
    }
    return Arrays.compareUnsigned(key, place(after.id())) < 0;
  }

  private boolean taken(byte[] key) {
    byte[] value = view.value(key);
    return value != null && take(key, value);
  }

  private boolean take(byte[] key, byte[] value) {
    Row row = Row.decodeValue(value);
    if (!view.stands(row)) {
      return false;
    }
    ByteBuffer kind = ByteBuffer.wrap(key, head.length, 8);
    int type = kind.getInt();
    int member = kind.getInt();
    String id = AuthzRecords.restOf(key, head.length + 8);
    Edge edge = new Edge(type, id, member, row.caveat(), row.context(), false);
    return admits(edge, row.expires() != 0) && !each.test(edge);
  }

  private boolean admits(Edge e, boolean expires) {
    boolean same =
        last != null
            && last.type() == e.type()
            && last.member() == e.member()
            && last.wildcard() == e.wildcard()
            && last.caveat() == e.caveat()
            && last.expires() == expires;
    if (!same) {
      last = new Shape(e.type(), e.member(), e.wildcard(), e.caveat(), expires);
      admitted = relation.admits(last);
    }
    return admitted;
  }
}
