package dev.anvil.objects;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import java.util.Arrays;
import java.util.Map;

/** Rules that every list shares. */
public final class Paging {
  private Paging() {}

  /**
   * Checks a page's limit.
   *
   * @throws Invalid InvalidArgument
   */
  public static int limit(int limit) {
    if (limit < 1 || limit > ObjectLimits.MAX_PAGE) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "a page has 1 to " + ObjectLimits.MAX_PAGE + " entries, asked for " + limit,
          Map.of("limit", ObjectLimits.MAX_PAGE, "value", limit));
    }
    return limit;
  }

  /** Checks bytes of a prefix, delimiter or start; null is fine. */
  static byte[] text(byte[] utf8, String what) {
    if (utf8 == null) {
      return null;
    }
    if (utf8.length > ObjectKey.MAX_BYTES) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "the " + what + " has " + utf8.length + " bytes, at most " + ObjectKey.MAX_BYTES,
          Map.of("bytes", utf8.length, "limit", ObjectKey.MAX_BYTES));
    }
    ObjectKey.decode(utf8, what);
    return utf8;
  }

  /** The key up to and with the first delimiter behind the prefix; null if there is none. */
  static byte[] commonPrefix(byte[] key, int prefixLength, byte[] delimiter) {
    if (delimiter.length == 0) {
      return null;
    }
    for (int at = prefixLength; at + delimiter.length <= key.length; at++) {
      if (Arrays.equals(key, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
        return Arrays.copyOf(key, at + delimiter.length);
      }
    }
    return null;
  }

  /**
   * Where a page that has used up its work goes on: behind what it showed last, so that its token
   * tells nothing of what is hidden.
   *
   * @throws LimitExceeded if it showed nothing
   */
  static byte[] cut(byte[] behindShown) {
    if (behindShown == null) {
      throw new LimitExceeded(
          LimitExceeded.Reason.CHECK,
          "a page passes its bound of work before its first entry; list a narrower prefix");
    }
    return behindShown;
  }

  /** The smallest key after this one. */
  static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  static byte[] later(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b) >= 0 ? a : b;
  }
}
