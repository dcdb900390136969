package dev.anvil.journal.watch;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Invalid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a watch is on.
 *
 * @param bucket one bucket, or null for all of a tenant
 * @param tenantId the tenant; 0 with a bucket
 * @param prefix UTF-8 that keys start with, or tuples if it is on relationships; empty for all
 * @param kinds exact kinds or families such as {@code object.*}; empty for all
 * @param relationships whether it is on the relationships of the tenant alone
 */
record WatchScope(
    BucketName bucket,
    long tenantId,
    byte[] prefix,
    SortedSet<String> kinds,
    boolean relationships) {
  private static final String ANY = ".*";

  /**
   * A bucket.
   *
   * @throws Invalid InvalidArgument for a prefix or kinds that break a rule
   */
  static WatchScope bucket(BucketName bucket, byte[] prefix, Iterable<String> kinds) {
    if (prefix.length > ObjectKey.MAX_BYTES) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "the prefix has " + prefix.length + " bytes, at most " + ObjectKey.MAX_BYTES,
          Map.of("bytes", prefix.length, "limit", ObjectKey.MAX_BYTES));
    }
    ObjectKey.decode(prefix, "prefix");
    return new WatchScope(bucket, 0, prefix, checked(kinds), false);
  }

  /** A tenant. */
  static WatchScope tenant(long tenantId, Iterable<String> kinds) {
    return new WatchScope(null, tenantId, new byte[0], checked(kinds), false);
  }

  /** Tuples of a type, or of all if it is null, and the schema. */
  static WatchScope relationships(long tenantId, String type) {
    byte[] prefix = type == null ? new byte[0] : (type + ":").getBytes(StandardCharsets.UTF_8);
    return new WatchScope(null, tenantId, prefix, checked(List.of("schema.*", "tuple.*")), true);
  }

  private static SortedSet<String> checked(Iterable<String> kinds) {
    SortedSet<String> set = new TreeSet<>();
    for (String kind : kinds) {
      if (kind.length() > WatchLimits.MAX_KIND_CHARS || !kind.matches("[a-z]+\\.([a-z-]+|\\*)")) {
        String shown = kind.length() <= 64 ? kind : kind.substring(0, 64) + "...";
        throw new Invalid(
            Invalid.Reason.ARGUMENT,
            "'" + shown + "' is no kind of change; name kinds like object.put or object.*",
            Map.of("kind", shown));
      }
      set.add(kind);
    }
    if (set.size() > WatchLimits.MAX_KINDS) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "a watch names at most " + WatchLimits.MAX_KINDS + " kinds, this one " + set.size(),
          Map.of("limit", WatchLimits.MAX_KINDS, "value", set.size()));
    }
    return set;
  }

  /** Whether the kind is one of those asked for. */
  boolean has(String kind) {
    return kinds.isEmpty()
        || kinds.contains(kind)
        || kinds.contains(kind.substring(0, Math.max(0, kind.indexOf('.'))) + ANY);
  }

  /** Whether a key lies under the prefix. */
  boolean holds(byte[] key) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** The type of the tuples; only of a partial watch of relationships. */
  String typeName() {
    return new String(prefix, 0, prefix.length - 1, StandardCharsets.UTF_8);
  }

  /** Whether it looks at a part only: keys under a prefix, or tuples of a type. */
  boolean partial() {
    return prefix.length > 0;
  }

  /** Whether every kind of this is one of those with these marks; no marks stand for all kinds. */
  boolean kindsWithin(int... marks) {
    if (marks.length == 0) {
      return true;
    }
    if (kinds.isEmpty()) {
      return false;
    }
    for (String kind : kinds) {
      int family = mark(kind.substring(0, kind.indexOf('.')) + ANY);
      int exact = mark(kind);
      if (Arrays.stream(marks).noneMatch(m -> m == exact || m == family)) {
        return false;
      }
    }
    return true;
  }

  /** Four bytes for a kind; they are sealed, so nobody can look for two kinds with the same. */
  static int mark(String kind) {
    byte[] digest = CursorTexts.sha256(kind.getBytes(StandardCharsets.US_ASCII));
    return ByteBuffer.wrap(digest).getInt();
  }
}
