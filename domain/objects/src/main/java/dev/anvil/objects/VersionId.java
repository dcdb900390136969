package dev.anvil.objects;

import dev.anvil.ports.failure.Invalid;
import java.util.HexFormat;
import java.util.Map;

/**
 * Name of a version: opaque to clients, unique for ever, and sorting in commit order as text.
 *
 * @param incarnation life of the deployment that made it
 * @param cursor journal cursor of the put or delete that made it
 */
public record VersionId(int incarnation, long cursor) implements Comparable<VersionId> {
  /** How clients may name the null version of a key. */
  public static final String NULL_TEXT = "null";

  private static final int TEXT_LENGTH = 24;

  /** Eight and sixteen lower-case hexadecimal digits. */
  public String text() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(incarnation) + hex.toHexDigits(cursor);
  }

  /**
   * The reverse of {@link #text()}.
   *
   * @throws Invalid InvalidVersionId
   */
  public static VersionId parse(String text) {
    if (text.length() != TEXT_LENGTH || !text.chars().allMatch(VersionId::lowerHex)) {
      String shown = text.length() <= 64 ? text : text.substring(0, 64) + "...";
      throw new Invalid(
          Invalid.Reason.VERSION_ID,
          "version id '" + shown + "' is not one this server gave out; use an id from a receipt",
          Map.of("version", shown));
    }
    return new VersionId(
        Integer.parseUnsignedInt(text, 0, 8, 16), Long.parseUnsignedLong(text, 8, TEXT_LENGTH, 16));
  }

  @Override
  public int compareTo(VersionId other) {
    int c = Integer.compareUnsigned(incarnation, other.incarnation);
    return c != 0 ? c : Long.compareUnsigned(cursor, other.cursor);
  }

  @Override
  public String toString() {
    return text();
  }

  private static boolean lowerHex(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
  }
}
