package dev.anvil.app.events;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses may be posted to: public ones, and those that the operator listed. What stands
 * inside another address (IPv4 in IPv6, NAT64, 6to4) is looked at too.
 */
public final class AllowedAddresses {
  private record Network(byte[] address, int bits) {
    boolean holds(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit & 7);
        if ((address[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Networks that are nobody's on the internet, or this machine's own. */
  private static final List<Network> SHUT =
      networks(
          List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "::/96",
              "100::/64",
              "2001:db8::/32",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8"));

  private final List<Network> listed;

  /**
   * Beside public addresses these.
   *
   * @param listed addresses, or networks such as {@code 10.0.0.0/8}
   * @throws IllegalArgumentException naming one that is neither
   */
  public AllowedAddresses(List<String> listed) {
    this.listed = networks(listed);
  }

  private static List<Network> networks(List<String> texts) {
    List<Network> networks = new ArrayList<>();
    texts.forEach(t -> networks.add(network(t)));
    return List.copyOf(networks);
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    try {
      if (!literal.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
        throw new IllegalArgumentException(text + " is neither an address nor a network");
      }
      byte[] address = InetAddress.getByName(literal).getAddress();
      int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > address.length * 8) {
        throw new IllegalArgumentException(text + " has a length that no network has");
      }
      return new Network(address, bits);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException(text + " is neither an address nor a network", e);
    }
  }

  /** Whether the address may be posted to. */
  public boolean allows(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] inner = inner(bytes);
    return allows(bytes) && (inner == null || allows(inner));
  }

  private boolean allows(byte[] bytes) {
    return listed.stream().anyMatch(n -> n.holds(bytes))
        || SHUT.stream().noneMatch(n -> n.holds(bytes));
  }

  /** The IPv4 address inside an IPv6 one, or null. */
  private static byte[] inner(byte[] a) {
    if (a.length != 16) {
      return null;
    }
    boolean nat64 = a[0] == 0 && a[1] == 0x64 && (a[2] & 0xFF) == 0xFF && (a[3] & 0xFF) == 0x9B;
    boolean sixToFour = a[0] == 0x20 && a[1] == 0x02;
    if (nat64) {
      return Arrays.copyOfRange(a, 12, 16);
    }
    return sixToFour ? Arrays.copyOfRange(a, 2, 6) : null;
  }
}
