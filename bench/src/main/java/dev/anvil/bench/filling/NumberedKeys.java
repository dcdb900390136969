package dev.anvil.bench.filling;

import java.util.HexFormat;

/** Keys by number: 100 prefixes share them evenly, and their order is not that of the numbers. */
public final class NumberedKeys {
  /** How many prefixes there are. */
  public static final int PREFIXES = 100;

  private NumberedKeys() {}

  /** The key of a number below 2^32. */
  public static String key(long n) {
    long mixed = (n + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    HexFormat hex = HexFormat.of();
    return "d" + n / 10 % 10 + n % 10 + "/" + hex.toHexDigits(mixed, 8) + hex.toHexDigits(n, 8);
  }
}
