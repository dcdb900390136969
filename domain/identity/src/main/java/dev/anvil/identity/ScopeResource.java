package dev.anvil.identity;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A set of names that authority may stand on: one name, or every name that starts with some bytes.
 * It serves both sides: the resource of a scope, and what an operation is about to touch.
 *
 * <p>Names are kept escaped byte by byte (white space, controls, {@code %}, {@code *}, {@code "}
 * and {@code \} as {@code %XX}); no escape is the beginning of another, so prefixes of escaped
 * names are exactly the prefixes of the names.
 */
public final class ScopeResource {
  /** Everything there is. */
  public static final ScopeResource ALL = new ScopeResource(new byte[0], true);

  /** Every bucket and every key in them. */
  public static final ScopeResource EVERY_BUCKET =
      new ScopeResource("bucket:".getBytes(StandardCharsets.UTF_8), true);

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private final byte[] name;
  private final boolean open;

  /** The array is not copied; callers in this package give theirs away. */
  ScopeResource(byte[] escapedName, boolean open) {
    this.name = escapedName;
    this.open = open;
  }

  /** The bucket itself, not its keys. */
  public static ScopeResource bucket(BucketName bucket) {
    return new ScopeResource(("bucket:" + bucket.value()).getBytes(StandardCharsets.UTF_8), false);
  }

  /** One key of a bucket. */
  public static ScopeResource key(BucketName bucket, ObjectKey key) {
    return new ScopeResource(inBucket(bucket, key.utf8()), false);
  }

  /** Every key of a bucket that starts with the bytes; none of them means every key. */
  public static ScopeResource prefix(BucketName bucket, byte[] prefix) {
    return new ScopeResource(inBucket(bucket, prefix), true);
  }

  /**
   * A member of an object of relationship authorisation; without a member every one, without an id
   * every object, without a type everything there.
   */
  public static ScopeResource relation(String type, String id, String member) {
    if (type == null) {
      return new ScopeResource("authz:".getBytes(StandardCharsets.UTF_8), true);
    }
    byte[] escaped = escape(type.getBytes(StandardCharsets.UTF_8));
    String head = "authz:" + new String(escaped, StandardCharsets.UTF_8).replace("/", "%2F") + "/";
    if (id == null) {
      return new ScopeResource(head.getBytes(StandardCharsets.UTF_8), true);
    }
    byte[] name = escape(id.getBytes(StandardCharsets.UTF_8));
    String object = head + new String(name, StandardCharsets.UTF_8).replace("#", "%23");
    String text = member == null ? object : object + "#" + member;
    return new ScopeResource(text.getBytes(StandardCharsets.UTF_8), false);
  }

  private static byte[] inBucket(BucketName bucket, byte[] key) {
    return joined(("bucket:" + bucket.value() + "/").getBytes(StandardCharsets.UTF_8), escape(key));
  }

  static byte[] joined(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  /** Escapes a raw name. */
  static byte[] escape(byte[] raw) {
    int escaped = 0;
    for (byte b : raw) {
      escaped += needsEscape(b) ? 1 : 0;
    }
    if (escaped == 0) {
      return raw;
    }
    byte[] out = new byte[raw.length + 2 * escaped];
    int n = 0;
    for (byte b : raw) {
      if (needsEscape(b)) {
        out[n++] = '%';
        out[n++] = HEX[b >> 4 & 15];
        out[n++] = HEX[b & 15];
      } else {
        out[n++] = b;
      }
    }
    return out;
  }

  private static boolean needsEscape(byte b) {
    return b >= 0 && b <= ' ' || b == 0x7F || b == '%' || b == '*' || b == '"' || b == '\\';
  }

  /** Whether every name of the other is one of this. */
  public boolean covers(ScopeResource other) {
    if (!open) {
      return !other.open && Arrays.equals(name, other.name);
    }
    return other.name.length >= name.length
        && Arrays.equals(name, 0, name.length, other.name, 0, name.length);
  }

  /** The names of both, or null if there are none. Two such sets are nested or apart. */
  public ScopeResource intersect(ScopeResource other) {
    return covers(other) ? other : other.covers(this) ? this : null;
  }

  /** Keys of a bucket: one of them, or all that start with the bytes. */
  public record Keys(byte[] start, boolean open) {
    /** Whether the key is one of them. */
    public boolean holds(byte[] key) {
      return open
          ? key.length >= start.length
              && Arrays.equals(start, 0, start.length, key, 0, start.length)
          : Arrays.equals(start, key);
    }
  }

  /** The keys of the bucket that are among the names, or null if none are. */
  public Keys keysIn(BucketName bucket) {
    ScopeResource all = prefix(bucket, new byte[0]);
    if (covers(all)) {
      return new Keys(new byte[0], true);
    }
    return all.covers(this)
        ? new Keys(unescape(Arrays.copyOfRange(name, all.name.length, name.length)), open)
        : null;
  }

  private static byte[] unescape(byte[] escaped) {
    byte[] out = new byte[escaped.length];
    int n = 0;
    for (int i = 0; i < escaped.length; i++) {
      if (escaped[i] == '%' && i + 2 < escaped.length) {
        out[n++] =
            (byte) (Character.digit(escaped[i + 1], 16) << 4 | Character.digit(escaped[i + 2], 16));
        i += 2;
      } else {
        out[n++] = escaped[i];
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** As in a scope; for a prefix that ends anywhere the star stands where it ends. */
  public String text() {
    return new String(name, StandardCharsets.UTF_8) + (open ? "*" : "");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScopeResource r && open == r.open && Arrays.equals(name, r.name);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(name) + Boolean.hashCode(open);
  }

  @Override
  public String toString() {
    return text();
  }
}
