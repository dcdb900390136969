package dev.anvil.storage.xodus;

import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import jetbrains.exodus.OutOfDiskSpaceException;

/** What the library and the disk throw, as failures of the port. */
final class Failures {
  private Failures() {}

  /** An engine that cannot be opened. */
  static AnvilException cannotOpen(Path folder, Throwable cause) {
    AnvilException known = find(cause, AnvilException.class);
    if (known != null) {
      return known;
    }
    if (isFull(cause)) {
      return Unavailable.notApplied(
          Unavailable.Reason.STORAGE_FULL,
          "the disk of " + folder + " is full; free space and start again",
          cause);
    }
    if (find(cause, IOException.class) != null) {
      return Unavailable.notApplied(
          Unavailable.Reason.STORAGE,
          "the storage folder "
              + folder
              + " cannot be used ("
              + text(cause)
              + "); check that it is a folder this process may read and write",
          cause);
    }
    return new Corrupt(
        "the storage folder "
            + folder
            + " cannot be opened: "
            + text(cause)
            + "; restore it from a backup or a replica");
  }

  /** A commit or sync that failed: nobody knows what of it will be found. */
  static Unavailable cannotWrite(Path folder, Throwable cause) {
    String reason =
        isFull(cause) ? "the disk is full; free space, then reopen" : text(cause) + "; reopen it";
    return Unavailable.maybeApplied(
        "cannot write to the storage folder " + folder + ": " + reason, cause);
  }

  /** A read that failed. */
  static AnvilException cannotRead(Path folder, Throwable cause) {
    AnvilException known = find(cause, AnvilException.class);
    if (known != null) {
      return known;
    }
    if (find(cause, IOException.class) != null) {
      return Unavailable.notApplied(
          Unavailable.Reason.STORAGE,
          "cannot read from the storage folder " + folder + ": " + text(cause),
          cause);
    }
    return new Corrupt("the storage folder " + folder + " cannot be decoded: " + text(cause));
  }

  static boolean isFull(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (t instanceof OutOfDiskSpaceException
          || message != null && message.contains("No space left on device")) {
        return true;
      }
    }
    return false;
  }

  private static <T extends Throwable> T find(Throwable cause, Class<T> type) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }

  private static String text(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
