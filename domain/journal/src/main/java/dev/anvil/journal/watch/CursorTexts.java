package dev.anvil.journal.watch;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.identity.StableSealer;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Cursors as clients hold them: sealed, so that a position tells nothing of what others write, and
 * bound to the scope they were given out for and to the incarnation of the deployment. A cursor
 * serves its scope and every narrower one: that of a bucket serves each prefix in it.
 */
public final class CursorTexts {
  private static final int FORMAT = 1;
  private static final int BUCKET = 1;
  private static final int TENANT = 2;
  private static final int COMMIT = 3;
  private static final int RELATIONSHIPS = 4;
  private static final int MARK_BYTES = 8;
  private static final byte[] NO_PREFIX = mark(new byte[0]);
  private static final int POSITION_BYTES = 6;

  private final StableSealer sealer;
  private final Incarnation incarnation;

  /** Sealed with this, for this incarnation. */
  public CursorTexts(StableSealer sealer, Incarnation incarnation) {
    this.sealer = sealer;
    this.incarnation = incarnation;
  }

  /** The place of a change of a bucket, or of a state of it that was read. */
  public String ofBucket(BucketName bucket, int partition, long cursor) {
    return ofList(bucket, new byte[0], partition, cursor);
  }

  /** The state that a list under a prefix shows. */
  public String ofList(BucketName bucket, byte[] prefix, int partition, long cursor) {
    return text(head(WatchScope.bucket(bucket, prefix, List.of())), partition, cursor);
  }

  /** A position after it was sealed and opened again; the same if cursors work. */
  public long reopened(long position) {
    WatchScope scope = WatchScope.tenant(0, List.of());
    return open(text(head(scope), new long[] {position}), scope).positions()[0];
  }

  /**
   * What a cursor says.
   *
   * @param incarnation in which it was given out
   * @param partition of a bucket's cursor; -1 for others
   * @param positions one of a bucket's cursor and of relationships', one a partition of a tenant's
   */
  record Opened(int incarnation, int partition, long[] positions) {}

  /** The part of a cursor that is the same for all places of a scope. */
  byte[] head(WatchScope scope) {
    ByteBuffer out = ByteBuffer.allocate(64 + Integer.BYTES * scope.kinds().size());
    out.put((byte) FORMAT).put((byte) type(scope));
    out.putInt(incarnation.value());
    if (scope.bucket() == null) {
      out.putLong(scope.tenantId());
      if (scope.relationships()) {
        out.put(mark(scope.prefix()));
      }
    } else {
      out.put(mark(name(scope.bucket())));
      out.putShort((short) scope.prefix().length).put(mark(scope.prefix()));
    }
    out.put((byte) scope.kinds().size());
    scope.kinds().forEach(kind -> out.putInt(WatchScope.mark(kind)));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static int type(WatchScope scope) {
    return scope.bucket() != null ? BUCKET : scope.relationships() ? RELATIONSHIPS : TENANT;
  }

  /** A place in a bucket's journal. */
  String text(byte[] head, int partition, long position) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(head.length + 8);
    out.writeBytes(head);
    out.write(partition);
    put(out, position);
    return sealed(out);
  }

  /** A place in the journals of all partitions, or in the one of relationships. */
  String text(byte[] head, long... positions) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head);
    out.write(positions.length - 1);
    for (long position : positions) {
      put(out, position);
    }
    return sealed(out);
  }

  /** Name of a commit: the same in every watch, and it tells nothing of its place. */
  String commit(int partition, long commitId) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(FORMAT);
    out.write(COMMIT);
    out.write(partition);
    put(out, commitId);
    return sealed(out);
  }

  private String sealed(ByteArrayOutputStream out) {
    byte[] bytes = sealer.seal(out.toByteArray());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void put(ByteArrayOutputStream out, long position) {
    for (int i = POSITION_BYTES - 1; i >= 0; i--) {
      out.write((int) (position >>> (8 * i)));
    }
  }

  /**
   * Opens a cursor for a scope.
   *
   * @throws Invalid InvalidCursor if it is none of this server's, or one of another scope
   */
  Opened open(String text, WatchScope scope) {
    try {
      if (text.length() > WatchLimits.MAX_CURSOR_CHARS) {
        throw unknown();
      }
      ByteBuffer in = ByteBuffer.wrap(sealer.open(Base64.getUrlDecoder().decode(text)));
      if (in.get() != FORMAT) {
        throw unknown();
      }
      int type = in.get();
      if (type == COMMIT) {
        throw unknown();
      }
      int written = in.getInt();
      requireScope(in, type, scope);
      if (type == BUCKET) {
        return new Opened(written, in.get() & 0xFF, new long[] {position(in)});
      }
      long[] positions = new long[(in.get() & 0xFF) + 1];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = position(in);
      }
      return new Opened(written, -1, positions);
    } catch (IllegalArgumentException | Corrupt | BufferUnderflowException e) {
      throw unknown();
    }
  }

  private static void requireScope(ByteBuffer in, int type, WatchScope scope) {
    boolean same = type == type(scope);
    if (same && type == TENANT) {
      same = in.getLong() == scope.tenantId();
    } else if (same && type == RELATIONSHIPS) {
      same = in.getLong() == scope.tenantId();
      byte[] prefix = new byte[MARK_BYTES];
      in.get(prefix);
      same &= Arrays.equals(prefix, NO_PREFIX) || Arrays.equals(prefix, mark(scope.prefix()));
    } else if (same) {
      byte[] name = new byte[MARK_BYTES];
      in.get(name);
      int length = in.getShort() & 0xFFFF;
      byte[] prefix = new byte[MARK_BYTES];
      in.get(prefix);
      same =
          Arrays.equals(name, mark(name(scope.bucket())))
              && length <= scope.prefix().length
              && Arrays.equals(prefix, mark(Arrays.copyOf(scope.prefix(), length)));
    }
    if (same) {
      int[] kinds = new int[in.get()];
      for (int i = 0; i < kinds.length; i++) {
        kinds[i] = in.getInt();
      }
      same = scope.kindsWithin(kinds);
    }
    if (!same) {
      throw new Invalid(
          Invalid.Reason.CURSOR,
          "the cursor belongs to another scope; use one of a list, a receipt or a watch of the same"
              + " bucket, with the same prefix and kinds or fewer");
    }
  }

  private static long position(ByteBuffer in) {
    long position = 0;
    for (int i = 0; i < POSITION_BYTES; i++) {
      position = position << 8 | in.get() & 0xFF;
    }
    return position;
  }

  private static byte[] name(BucketName bucket) {
    return bucket.value().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] mark(byte[] of) {
    return Arrays.copyOf(sha256(of), MARK_BYTES);
  }

  static byte[] sha256(byte[] of) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(of);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static Invalid unknown() {
    return new Invalid(
        Invalid.Reason.CURSOR,
        "the cursor is not one this server gave out; use one of a list, a receipt or a watch");
  }
}
