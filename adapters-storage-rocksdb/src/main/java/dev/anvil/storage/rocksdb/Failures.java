package dev.anvil.storage.rocksdb;

import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What the library and the disk throw, as failures of the port. */
final class Failures {
  private Failures() {}

  /** A folder that is none of ours or cannot be read and written. */
  static AnvilException cannotUse(Path folder, IOException cause) {
    if (isFull(cause)) {
      return full(folder, cause);
    }
    return Unavailable.notApplied(
        Unavailable.Reason.STORAGE,
        "the storage folder "
            + folder
            + " cannot be used ("
            + cause
            + "); check that it is a folder this process may read and write",
        cause);
  }

  /** A database that does not open. */
  static AnvilException cannotOpen(Path folder, RocksDBException cause) {
    if (isCorrupt(cause)) {
      return new Corrupt(
          "the storage folder "
              + folder
              + " is damaged: "
              + cause.getMessage()
              + "; restore it from a backup or a replica");
    }
    if (isFull(cause)) {
      return full(folder, cause);
    }
    String message = String.valueOf(cause.getMessage());
    if (message.contains("lock")) {
      return Unavailable.notApplied(
          Unavailable.Reason.STORAGE,
          "the storage folder "
              + folder
              + " is open already, here or in another process; stop that one first ("
              + message
              + ")",
          cause);
    }
    return Unavailable.notApplied(
        Unavailable.Reason.STORAGE,
        "the storage folder "
            + folder
            + " cannot be opened ("
            + message
            + "); check that it is a folder this process may read and write",
        cause);
  }

  /** A commit or sync that failed: nobody knows what of it will be found. */
  static Unavailable cannotWrite(Path folder, Throwable cause) {
    String reason =
        isFull(cause)
            ? "the disk is full; free space, then reopen"
            : cause.getMessage() + "; reopen it";
    return Unavailable.maybeApplied(
        "cannot write to the storage folder " + folder + ": " + reason, cause);
  }

  /** A read that failed. */
  static AnvilException cannotRead(Path folder, RocksDBException cause) {
    if (isCorrupt(cause)) {
      return new Corrupt("the storage folder " + folder + " is damaged: " + cause.getMessage());
    }
    return Unavailable.notApplied(
        Unavailable.Reason.STORAGE,
        "cannot read from the storage folder " + folder + ": " + cause.getMessage(),
        cause);
  }

  static boolean isFull(Throwable cause) {
    if (cause instanceof RocksDBException e
        && e.getStatus() != null
        && e.getStatus().getSubCode() == Status.SubCode.NoSpace) {
      return true;
    }
    String message = cause.getMessage();
    return message != null && message.contains("No space left on device");
  }

  private static boolean isCorrupt(RocksDBException cause) {
    return cause.getStatus() != null && cause.getStatus().getCode() == Status.Code.Corruption;
  }

  private static Unavailable full(Path folder, Exception cause) {
    return Unavailable.notApplied(
        Unavailable.Reason.STORAGE_FULL,
        "the disk of " + folder + " is full; free space and start again",
        cause);
  }
}
