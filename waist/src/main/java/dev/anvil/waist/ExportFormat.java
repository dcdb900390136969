package dev.anvil.waist;

import dev.anvil.ports.failure.Corrupt;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Constants of the export stream; docs/formats-waist.md draws it. */
final class ExportFormat {
  /** "ANVILEXP". */
  static final long MAGIC = 0x414E56494C455850L;

  static final int VERSION = 1;

  /** Bytes after which a frame ends. */
  static final int FRAME_CLOSE_BYTES = 256 << 10;

  /** Greatest frame: an entry at the limits behind one just below the close. */
  static final int MAX_FRAME_BYTES = 2 << 20;

  private ExportFormat() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static Corrupt misfit(String why) {
    return new Corrupt("the export stream " + why);
  }
}
