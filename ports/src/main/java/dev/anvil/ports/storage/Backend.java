package dev.anvil.ports.storage;

/** Where a node keeps its state: an engine per folder and a disk for everything else. */
public interface Backend {
  /** As in STORAGE_ENGINE. */
  String engineName();

  /**
   * Opens or creates the engine of a folder below the storage path.
   *
   * @throws dev.anvil.ports.failure.Unavailable if the folder cannot be used; the detail says why
   */
  Engine openEngine(String folder);

  /** The files of the storage path. */
  Disk disk();
}
