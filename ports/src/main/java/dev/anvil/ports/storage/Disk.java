package dev.anvil.ports.storage;

import java.io.IOException;
import java.util.List;

/**
 * The storage folder as files, named by relative slash-separated paths; the least that volumes,
 * identity and locks need. An unsynced write, and a file or rename whose folder is not synced, may
 * be gone after a crash.
 */
public interface Disk {
  /** Opens for reading and writing, creating the file (not its folder) if absent. */
  DiskFile open(String path) throws IOException;

  /** Opens an existing file for reading. */
  DiskFile openRead(String path) throws IOException;

  /** Whether a file or folder is there. */
  boolean exists(String path) throws IOException;

  /** Names of the files and folders directly inside, sorted; empty when absent. */
  List<String> list(String folder) throws IOException;

  /** Creates a folder and its parents; present is fine. */
  void createFolder(String folder) throws IOException;

  /** Removes a file or an empty folder; absent is fine. */
  void delete(String path) throws IOException;

  /** Renames atomically, replacing the target. */
  void rename(String from, String to) throws IOException;

  /** Makes creations, deletions and renames inside the folder durable. */
  void syncFolder(String folder) throws IOException;

  /**
   * Takes an exclusive lock by file, held until closed or the process ends.
   *
   * @return null when another holder has it
   */
  AutoCloseable tryLock(String path) throws IOException;

  /**
   * Lets only the owner of the process read and write the file or folder; before anything secret is
   * in it where the disk can, and without effect where it has no rights to set.
   */
  default void restrict(String path) throws IOException {}

  /** Bytes that may still be written, as the file system says. */
  long freeBytes() throws IOException;
}
