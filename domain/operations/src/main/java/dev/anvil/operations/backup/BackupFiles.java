package dev.anvil.operations.backup;

import dev.anvil.ports.failure.Corrupt;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of the files of a backup target. */
final class BackupFiles {
  static final String SNAPSHOTS = "snapshots/";
  static final String PACKS = "packs/";
  static final String LISTS = "lists/";

  private static final Pattern ID = Pattern.compile("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}");
  private static final HexFormat HEX = HexFormat.of();

  private BackupFiles() {}

  static boolean isSnapshotId(String text) {
    return ID.matcher(text).matches();
  }

  static String snapshot(String id) {
    return SNAPSHOTS + id;
  }

  static String list(byte[] hash) {
    return LISTS + HEX.formatHex(hash);
  }

  static String pack(byte[] name) {
    return PACKS + HEX.formatHex(name);
  }

  static byte[] sha256(byte[] bytes) {
    return digest().digest(bytes);
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The failure of every file that is not what it must be. */
  static Corrupt damaged(String file, String why) {
    return new Corrupt(
        "backup file " + file + " " + why + "; nothing of a snapshot that needs it can be trusted");
  }
}
