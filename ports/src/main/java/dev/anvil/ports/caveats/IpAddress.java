package dev.anvil.ports.caveats;

import java.util.Arrays;

/**
 * An IP address of 4 or 16 bytes. IPv4-mapped IPv6 is IPv4.
 *
 * @param bytes network order; not changed by who holds them
 */
public record IpAddress(byte[] bytes) {
  private static final int V4 = 4;
  private static final int V6 = 16;
  private static final int GROUPS = 8;
  private static final int MAX_TEXT_CHARS = 45;

  /** Refuses other lengths, and unwraps mapped addresses. */
  public IpAddress {
    if (bytes.length != V4 && bytes.length != V6) {
      throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + bytes.length);
    }
    if (mapped(bytes)) {
      bytes = Arrays.copyOfRange(bytes, V6 - V4, V6);
    }
  }

  private static boolean mapped(byte[] b) {
    if (b.length != V6) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (b[i] != 0) {
        return false;
      }
    }
    return b[10] == -1 && b[11] == -1;
  }

  /** The address of the text, or null; no names, no zones, no leading zeros in IPv4. */
  public static IpAddress parse(String text) {
    if (text.isEmpty() || text.length() > MAX_TEXT_CHARS) {
      return null;
    }
    byte[] b = text.indexOf(':') >= 0 ? v6(text) : v4(text);
    return b == null ? null : new IpAddress(b);
  }

  private static byte[] v4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != V4) {
      return null;
    }
    byte[] out = new byte[V4];
    for (int i = 0; i < V4; i++) {
      String p = parts[i];
      if (!p.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(p) > 255) {
        return null;
      }
      out[i] = (byte) Integer.parseInt(p);
    }
    return out;
  }

  private static byte[] v6(String given) {
    String text = given;
    int lastColon = text.lastIndexOf(':');
    if (text.indexOf('.') >= 0) {
      byte[] tail = v4(text.substring(lastColon + 1));
      if (tail == null) {
        return null;
      }
      text =
          text.substring(0, lastColon + 1)
              + Integer.toHexString((tail[0] & 255) << 8 | tail[1] & 255)
              + ":"
              + Integer.toHexString((tail[2] & 255) << 8 | tail[3] & 255);
    }
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    String[] head = groups(gap < 0 ? text : text.substring(0, gap));
    String[] rest = groups(gap < 0 ? "" : text.substring(gap + 2));
    int have = head.length + rest.length;
    if (gap < 0 ? have != GROUPS : have >= GROUPS) {
      return null;
    }
    byte[] out = new byte[V6];
    return put(out, head, 0) && put(out, rest, GROUPS - rest.length) ? out : null;
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  private static boolean put(byte[] out, String[] groups, int at) {
    for (int i = 0; i < groups.length; i++) {
      if (!groups[i].matches("[0-9a-fA-F]{1,4}")) {
        return false;
      }
      int v = Integer.parseInt(groups[i], 16);
      out[2 * (at + i)] = (byte) (v >> 8);
      out[2 * (at + i) + 1] = (byte) v;
    }
    return true;
  }

  /**
   * Whether the address lies in the block, for example {@code 10.0.0.0/8}; blocks of the other
   * family hold nothing of this one.
   *
   * @throws IllegalArgumentException if the block is malformed
   */
  public boolean in(String cidr) {
    int slash = cidr.indexOf('/');
    IpAddress net = slash < 0 ? null : parse(cidr.substring(0, slash));
    String length = slash < 0 ? "" : cidr.substring(slash + 1);
    if (net == null || !length.matches("0|[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException("'" + cidr + "' is no block like 10.0.0.0/8");
    }
    int bits = Integer.parseInt(length);
    boolean unwrapped = net.bytes.length == V4 && cidr.indexOf(':') >= 0;
    if (unwrapped) {
      bits -= (V6 - V4) * 8;
    }
    if (bits < 0 || bits > net.bytes.length * 8) {
      throw new IllegalArgumentException("'" + cidr + "' has an impossible prefix length");
    }
    if (net.bytes.length != bytes.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> i % 8;
      if ((bytes[i / 8] & mask) != (net.bytes[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress ip && Arrays.equals(bytes, ip.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bytes.length; i += bytes.length == V4 ? 1 : 2) {
      if (i > 0) {
        out.append(bytes.length == V4 ? '.' : ':');
      }
      int v = bytes.length == V4 ? bytes[i] & 255 : (bytes[i] & 255) << 8 | bytes[i + 1] & 255;
      out.append(bytes.length == V4 ? Integer.toString(v) : Integer.toHexString(v));
    }
    return out.toString();
  }
}
