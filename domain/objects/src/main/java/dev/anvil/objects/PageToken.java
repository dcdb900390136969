package dev.anvil.objects;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Where the next page of a list starts, opaque to clients and bound to the list it came from.
 *
 * @param scope hash of the list: kind, bucket, prefix, delimiter
 * @param position bytes of a key or name; what it means is the list's affair
 * @param detail a cursor or 0
 * @param cursor journal cursor of the first page
 */
public record PageToken(byte[] scope, byte[] position, long detail, long cursor) {
  private static final int SCOPE_BYTES = 8;
  private static final int MAX_TEXT_CHARS = 4_096;

  /** Hash of a list. */
  public static byte[] scope(String kind, long space, byte[]... parts) {
    Fingerprint print = new Fingerprint(kind).number(space);
    for (byte[] part : parts) {
      print.bytes(part);
    }
    return Arrays.copyOf(print.toBytes(), SCOPE_BYTES);
  }

  /** As clients see it. */
  public String text() {
    RecordWriter w = new RecordWriter(1);
    w.blob(scope).blob(position).varint(detail).varint(cursor);
    byte[] body = w.toBytes();
    byte[] all = Arrays.copyOf(body, body.length + Integer.BYTES);
    ByteBuffer.wrap(all).putInt(body.length, check(body));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * The reverse of {@link #text()}.
   *
   * @param scope hash of the list that is continued
   * @throws Invalid InvalidPageToken if it is no token, or one of another list
   */
  public static PageToken parse(String text, byte[] scope) {
    try {
      byte[] all =
          text.length() > MAX_TEXT_CHARS ? new byte[0] : Base64.getUrlDecoder().decode(text);
      if (all.length < Integer.BYTES) {
        throw refuse();
      }
      byte[] body = Arrays.copyOf(all, all.length - Integer.BYTES);
      if (ByteBuffer.wrap(all).getInt(body.length) != check(body)) {
        throw refuse();
      }
      RecordReader r = new RecordReader(body, "page token", 1);
      PageToken token = new PageToken(r.blob(), r.blob(), r.varint(), r.varint());
      if (!Arrays.equals(scope, token.scope) || token.position == null || r.hasMore()) {
        throw refuse();
      }
      return token;
    } catch (IllegalArgumentException | Corrupt e) {
      throw refuse();
    }
  }

  private static int check(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return (int) crc.getValue();
  }

  private static Invalid refuse() {
    return new Invalid(
        Invalid.Reason.PAGE_TOKEN,
        "the page token is not one of this list; send the token of the page before with the same"
            + " prefix and delimiter, or start anew without one");
  }
}
