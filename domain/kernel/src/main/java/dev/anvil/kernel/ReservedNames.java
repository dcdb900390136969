package dev.anvil.kernel;

import java.nio.charset.StandardCharsets;

/**
 * The part of every bucket's key space that belongs to the server: the key {@code _anvil} and
 * everything under {@code _anvil/}.
 */
public final class ReservedNames {
  private static final byte[] ROOT = "_anvil".getBytes(StandardCharsets.US_ASCII);

  private ReservedNames() {}

  /** Whether the key, or every key with the prefix, lies there. Takes decoded bytes. */
  public static boolean isReserved(byte[] keyOrPrefix) {
    if (keyOrPrefix.length < ROOT.length) {
      return false;
    }
    for (int i = 0; i < ROOT.length; i++) {
      if (keyOrPrefix[i] != ROOT[i]) {
        return false;
      }
    }
    return keyOrPrefix.length == ROOT.length || keyOrPrefix[ROOT.length] == '/';
  }
}
