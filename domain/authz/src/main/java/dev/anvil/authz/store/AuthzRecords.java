package dev.anvil.authz.store;

import dev.anvil.authz.schema.Shape;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.storage.KeyRange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys of relationships, tenant id first; docs/formats-authz.md lists them. */
final class AuthzRecords {
  static final int STATE = 1;
  static final int SCHEMAS = 2;
  static final int NAMES = 3;
  static final int FORWARD = 4;
  static final int REVERSE = 5;
  static final int OLD_FORWARD = 6;
  static final int OLD_REVERSE = 7;
  static final int EXPIRIES = 8;
  static final int OLD_QUEUE = 9;
  static final int SHAPES = 10;
  static final int DONE = 11;
  static final int DONE_QUEUE = 12;
  static final int CHANGED = 13;
  static final int GOVERNED = 14;
  static final int CLOSURES = 15;
  static final int CLOSURE_ROWS = 16;
  static final int CLOSURE_CURSOR = 17;
  static final int PUBLISHED = 18;

  /** Bytes before what is the table's own: key space, tenant, table. */
  static final int HEAD = 1 + Long.BYTES + 1;

  private AuthzRecords() {}

  private static KeyWriter in(long tenant, int table) {
    return new KeyWriter(KeySpace.AUTHZ).u64(tenant).u8(table);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] state(long tenant) {
    return in(tenant, STATE).toBytes();
  }

  static byte[] table(long tenant, int table) {
    return in(tenant, table).toBytes();
  }

  static byte[] schema(long tenant, int version) {
    return in(tenant, SCHEMAS).u32(version).toBytes();
  }

  static byte[] name(long tenant, int id) {
    return in(tenant, NAMES).u32(id).toBytes();
  }

  static int nameId(byte[] key) {
    return reader(key).u32();
  }

  private static KeyWriter relationOf(long tenant, int table, int type, String id, int relation) {
    return in(tenant, table).u32(type).part(utf8(id)).u32(relation);
  }

  static byte[] forward(long tenant, TupleKey k) {
    return relationOf(tenant, FORWARD, k.type(), k.id(), k.relation())
        .u32(k.subjectType())
        .u32(k.subjectMember())
        .rest(utf8(k.subjectId()))
        .toBytes();
  }

  /** All tuples of a relation; of the old ones with {@link #OLD_FORWARD}. */
  static byte[] relation(long tenant, int table, int type, String id, int relation) {
    return relationOf(tenant, table, type, id, relation).toBytes();
  }

  static byte[] subjectsOf(
      long tenant, int table, int type, String id, int relation, int subjectType) {
    return relationOf(tenant, table, type, id, relation).u32(subjectType).toBytes();
  }

  static byte[] usersetsOf(
      long tenant, int table, int type, String id, int relation, int subjectType, int member) {
    return relationOf(tenant, table, type, id, relation).u32(subjectType).u32(member).toBytes();
  }

  static byte[] type(long tenant, int table, int type) {
    return in(tenant, table).u32(type).toBytes();
  }

  static byte[] object(long tenant, int table, int type, String id) {
    return in(tenant, table).u32(type).part(utf8(id)).toBytes();
  }

  static byte[] idPrefix(long tenant, int table, int type, String prefix) {
    return in(tenant, table).u32(type).partPrefix(utf8(prefix)).toBytes();
  }

  static TupleKey readForward(byte[] key) {
    KeyReader r = reader(key);
    return new TupleKey(r.u32(), text(r.part()), r.u32(), r.u32(), r.u32(), text(r.rest()));
  }

  static byte[] reverse(long tenant, TupleKey k) {
    return in(tenant, REVERSE)
        .u32(k.subjectType())
        .part(utf8(k.subjectId()))
        .u32(k.subjectMember())
        .u32(k.type())
        .u32(k.relation())
        .rest(utf8(k.id()))
        .toBytes();
  }

  static byte[] reverseOf(
      long tenant, int table, int subjectType, String subjectId, int member, int type, int rel) {
    return in(tenant, table)
        .u32(subjectType)
        .part(utf8(subjectId))
        .u32(member)
        .u32(type)
        .u32(rel)
        .toBytes();
  }

  static TupleKey readReverse(byte[] key) {
    KeyReader r = reader(key);
    int subjectType = r.u32();
    String subject = text(r.part());
    int member = r.u32();
    int type = r.u32();
    int relation = r.u32();
    return new TupleKey(type, text(r.rest()), relation, subjectType, member, subject);
  }

  static byte[] oldForward(long tenant, TupleKey k, long deleted) {
    return oldForwardOf(tenant, k).u64(deleted).toBytes();
  }

  static byte[] oldForwardPrefix(long tenant, TupleKey k) {
    return oldForwardOf(tenant, k).toBytes();
  }

  private static KeyWriter oldForwardOf(long tenant, TupleKey k) {
    return relationOf(tenant, OLD_FORWARD, k.type(), k.id(), k.relation())
        .u32(k.subjectType())
        .u32(k.subjectMember())
        .part(utf8(k.subjectId()));
  }

  static byte[] oldReverse(long tenant, TupleKey k, long deleted) {
    return in(tenant, OLD_REVERSE)
        .u32(k.subjectType())
        .part(utf8(k.subjectId()))
        .u32(k.subjectMember())
        .u32(k.type())
        .u32(k.relation())
        .part(utf8(k.id()))
        .u64(deleted)
        .toBytes();
  }

  /** An old tuple and when it ended. */
  record Old(TupleKey key, long deleted) {}

  static Old readOldForward(byte[] key) {
    KeyReader r = reader(key);
    TupleKey k = new TupleKey(r.u32(), text(r.part()), r.u32(), r.u32(), r.u32(), text(r.part()));
    return new Old(k, r.u64());
  }

  static Old readOldReverse(byte[] key) {
    KeyReader r = reader(key);
    int subjectType = r.u32();
    String subject = text(r.part());
    int member = r.u32();
    int type = r.u32();
    int relation = r.u32();
    TupleKey k = new TupleKey(type, text(r.part()), relation, subjectType, member, subject);
    return new Old(k, r.u64());
  }

  static byte[] expiry(long tenant, long millis, TupleKey k) {
    byte[] forward = forward(tenant, k);
    return in(tenant, EXPIRIES)
        .u64(millis)
        .rest(Arrays.copyOfRange(forward, HEAD, forward.length))
        .toBytes();
  }

  /** When a tuple expires. */
  record Expiry(long millis, TupleKey key) {}

  static Expiry readExpiry(byte[] key) {
    KeyReader r = reader(key);
    long millis = r.u64();
    return new Expiry(
        millis, new TupleKey(r.u32(), text(r.part()), r.u32(), r.u32(), r.u32(), text(r.rest())));
  }

  static byte[] oldQueue(long tenant, long deleted, int number) {
    return in(tenant, OLD_QUEUE).u64(deleted).u32(number).toBytes();
  }

  static long oldQueueRevision(byte[] key) {
    return reader(key).u64();
  }

  static byte[] shape(long tenant, int type, int relation, Shape s) {
    return in(tenant, SHAPES)
        .u32(type)
        .u32(relation)
        .u32(s.type())
        .u32(s.member())
        .u8(s.wildcard() ? 1 : 0)
        .u32(s.caveat())
        .u8(s.expires() ? 1 : 0)
        .toBytes();
  }

  /** A shape in use. */
  record Used(int type, int relation, Shape shape) {}

  static Used readShape(byte[] key) {
    KeyReader r = reader(key);
    int type = r.u32();
    int relation = r.u32();
    return new Used(type, relation, new Shape(r.u32(), r.u32(), r.u8() == 1, r.u32(), r.u8() == 1));
  }

  static byte[] done(long tenant, byte[] hash) {
    return in(tenant, DONE).rest(hash).toBytes();
  }

  static byte[] doneQueue(long tenant, long millis, byte[] hash) {
    return in(tenant, DONE_QUEUE).u64(millis).rest(hash).toBytes();
  }

  /** Time in a key of the queue of finished writes, and the hash behind it. */
  record DoneEnd(long millis, byte[] hash) {}

  static DoneEnd readDoneQueue(byte[] key) {
    KeyReader r = reader(key);
    return new DoneEnd(r.u64(), r.rest());
  }

  static byte[] changed(long tenant, int type, int member) {
    return in(tenant, CHANGED).u32(type).u32(member).toBytes();
  }

  static byte[] closure(long tenant, int type, int member) {
    return in(tenant, CLOSURES).u32(type).u32(member).toBytes();
  }

  /** Type and member in the key of a closure. */
  record Nest(int type, int member) {}

  static Nest readClosure(byte[] key) {
    KeyReader r = reader(key);
    return new Nest(r.u32(), r.u32());
  }

  static byte[] closureRow(long tenant, Nest of, String id) {
    return in(tenant, CLOSURE_ROWS).u32(of.type()).u32(of.member()).rest(utf8(id)).toBytes();
  }

  static String closureRowId(byte[] key) {
    KeyReader r = reader(key);
    r.u32();
    r.u32();
    return text(r.rest());
  }

  /** Whether it is the key of a row of a closure. */
  static boolean isClosureRow(byte[] key) {
    return key.length >= HEAD + 2 * Integer.BYTES
        && key[0] == (byte) KeySpace.AUTHZ.prefix()
        && key[HEAD - 1] == CLOSURE_ROWS;
  }

  /** The closure that a row belongs to. */
  static Nest closureOfRow(byte[] key) {
    return readClosure(key);
  }

  /** All rows of the tenant's closures. */
  static KeyRange allClosureRows(long tenant) {
    return KeyRange.prefix(in(tenant, CLOSURE_ROWS).toBytes());
  }

  /** Of a partition: it belongs to no tenant. */
  static byte[] closureCursor() {
    return in(0, CLOSURE_CURSOR).toBytes();
  }

  static byte[] governed(long tenant, String bucket) {
    return in(tenant, GOVERNED).rest(utf8(bucket)).toBytes();
  }

  /** Keys of all buckets of the tenant that relationships govern. */
  static KeyRange allGoverned(long tenant) {
    return KeyRange.prefix(in(tenant, GOVERNED).toBytes());
  }

  static String governedBucket(byte[] key) {
    return text(reader(key).rest());
  }

  static byte[] published(long tenant, String bucket) {
    return in(tenant, PUBLISHED).rest(utf8(bucket)).toBytes();
  }

  static long tenantOf(byte[] key) {
    return new KeyReader(key, KeySpace.AUTHZ).u64();
  }

  static byte[] firstTenantFrom(long tenant) {
    return new KeyWriter(KeySpace.AUTHZ).u64(tenant).toBytes();
  }

  /** The text that ends a key, after a prefix of this length. */
  static String restOf(byte[] key, int prefix) {
    return new String(key, prefix, key.length - prefix, StandardCharsets.UTF_8);
  }

  private static KeyReader reader(byte[] key) {
    KeyReader r = new KeyReader(key, KeySpace.AUTHZ);
    r.u64();
    r.u8();
    return r;
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
