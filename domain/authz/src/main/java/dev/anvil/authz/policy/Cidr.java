package dev.anvil.authz.policy;

import java.util.Arrays;

/**
 * A range of addresses.
 *
 * @param address 4 or 16 bytes
 * @param bits leading bits that count
 */
record Cidr(byte[] address, int bits) {
  private static final int V4_PUBLIC = 8;
  private static final int V6_PUBLIC = 32;
  private static final int MAPPED_ZEROS = 10;

  /** A range or a single address; null if the text is neither. */
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    if (slash < 0) {
      return new Cidr(address, address.length * 8);
    }
    String bits = text.substring(slash + 1);
    if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > address.length * 8) {
      return null;
    }
    return new Cidr(address, Integer.parseInt(bits));
  }

  /** Bytes of a numeric address, without any look-up; null if the text is none. */
  static byte[] address(String text) {
    if (text.indexOf(':') < 0) {
      return v4(text);
    }
    return v6(text);
  }

  private static byte[] v4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (!parts[i].matches("[0-9]{1,3}") || Integer.parseInt(parts[i]) > 255) {
        return null;
      }
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return bytes;
  }

  private static byte[] v6(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    int gap = bare.indexOf("::");
    if (gap != bare.lastIndexOf("::")) {
      return null;
    }
    byte[] head = groups(gap < 0 ? bare : bare.substring(0, gap));
    byte[] tail = groups(gap < 0 ? "" : bare.substring(gap + 2));
    boolean fits =
        head != null
            && tail != null
            && (gap < 0 ? head.length == 16 : head.length + tail.length <= 14);
    if (!fits) {
      return null;
    }
    byte[] all = Arrays.copyOf(head, 16);
    System.arraycopy(tail, 0, all, 16 - tail.length, tail.length);
    return unmapped(all);
  }

  private static byte[] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split(":", -1);
    byte[] last = v4(parts[parts.length - 1]);
    int hex = last == null ? parts.length : parts.length - 1;
    byte[] bytes = new byte[hex * 2 + (last == null ? 0 : 4)];
    if (bytes.length > 16) {
      return null;
    }
    for (int i = 0; i < hex; i++) {
      if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
        return null;
      }
      int group = Integer.parseInt(parts[i], 16);
      bytes[2 * i] = (byte) (group >> 8);
      bytes[2 * i + 1] = (byte) group;
    }
    if (last != null) {
      System.arraycopy(last, 0, bytes, hex * 2, 4);
    }
    return bytes;
  }

  /** An IPv4 address in the clothes of IPv6 is the IPv4 address. */
  private static byte[] unmapped(byte[] v6) {
    for (int i = 0; i < MAPPED_ZEROS; i++) {
      if (v6[i] != 0) {
        return v6;
      }
    }
    return v6[10] == -1 && v6[11] == -1 ? Arrays.copyOfRange(v6, 12, 16) : v6;
  }

  boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i & 7);
      if (((address[i >> 3] ^ other[i >> 3]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is so wide that it restricts nothing. */
  boolean wide() {
    return bits < (address.length == 4 ? V4_PUBLIC : V6_PUBLIC);
  }
}
