package dev.anvil.ports.backup;

import java.util.List;

/**
 * A place outside the storage path that holds the files of backups: a folder, or a bucket of an S3
 * endpoint. Names are slash-separated, of letters, digits, {@code -}, {@code _} and {@code .};
 * files are at most {@link #MAX_FILE_BYTES}. Threads may call at once; calls block.
 *
 * <p>Every call throws {@code Unavailable} if the place cannot be reached or is full.
 */
public interface BackupTarget {
  /** Longest file, in bytes. */
  int MAX_FILE_BYTES = 64 << 20;

  /** Longest page of a list. */
  int MAX_PAGE = 1_000;

  /** What an operator calls it, without secrets. */
  String describe();

  /** Stores a file, whole and durably or not at all; replaces one of that name. */
  void put(String name, byte[] bytes);

  /**
   * The whole file.
   *
   * @throws dev.anvil.ports.failure.NotFound BackupNotFound if there is none of that name
   */
  byte[] get(String name);

  /**
   * Part of a file; shorter when the file ends first.
   *
   * @throws dev.anvil.ports.failure.NotFound BackupNotFound if there is none of that name
   */
  byte[] read(String name, long offset, int length);

  /**
   * Names of files that start with the prefix and come after the given one, in the order of their
   * bytes.
   *
   * @param after "" for the first page
   * @param limit 1..{@link #MAX_PAGE}
   */
  List<String> list(String prefix, String after, int limit);

  /** Removes a file; absent is fine. */
  void delete(String name);
}
