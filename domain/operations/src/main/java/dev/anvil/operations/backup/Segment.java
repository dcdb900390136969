package dev.anvil.operations.backup;

/**
 * A file of a list.
 *
 * @param hash SHA-256 of the bytes before they were packed and sealed; the file's name
 * @param bytes how many those are
 * @param fileHash SHA-256 of the file as it is stored
 */
record Segment(byte[] hash, int bytes, byte[] fileHash) {
  /** Its name; sealed and plain forms of the same bytes lie apart. */
  String file(String suffix) {
    return BackupFiles.list(hash) + suffix;
  }
}
