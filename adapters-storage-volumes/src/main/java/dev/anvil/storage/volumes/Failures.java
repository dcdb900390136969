package dev.anvil.storage.volumes;

import dev.anvil.ports.failure.Unavailable;
import java.io.IOException;
import java.util.Locale;

/** Says what an error of the disk means to who asked for a body. */
final class Failures {
  private Failures() {}

  static Unavailable of(IOException e, String doing) {
    if (isFull(e)) {
      return Unavailable.notApplied(
          Unavailable.Reason.STORAGE_FULL, "the disk is full (" + doing + "): free some space", e);
    }
    return Unavailable.notApplied(
        Unavailable.Reason.STORAGE, "the disk failed (" + doing + "): " + e.getMessage(), e);
  }

  /** Java has no type for it; these are the texts of Linux for ENOSPC and EDQUOT. */
  private static boolean isFull(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left") || text.contains("quota exceeded");
  }
}
