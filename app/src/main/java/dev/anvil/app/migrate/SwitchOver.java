package dev.anvil.app.migrate;

import dev.anvil.storage.volumes.VolumeBodyStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders of a migration and how they change places: first all copies are complete, then a mark
 * says so, then each folder is renamed, which a crash may cut anywhere and a second run finishes.
 */
final class SwitchOver {
  /** Folder of an unfinished migration below the storage path. */
  static final String FOLDER = "migrate";

  private static final String MARK = "switching";
  private static final String OLD = "old";

  private final Path root;
  private final Path folder;

  SwitchOver(Path root, String target) {
    this.root = root;
    this.folder = root.resolve(FOLDER).resolve(target);
  }

  Path folder() {
    return folder;
  }

  /** Keys of a partition that is completely copied, or -1. */
  long done(int partition) throws IOException {
    Path file = folder.resolve("done-" + partition);
    return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : -1;
  }

  void done(int partition, long keys) throws IOException {
    write("done-" + partition, Long.toString(keys));
  }

  boolean begun() {
    return Files.exists(folder.resolve(MARK));
  }

  void begin() throws IOException {
    write(MARK, "all copies are complete");
  }

  /** Renames whatever is not yet in its place. */
  void finish() throws IOException {
    for (String name : List.of("partitions", VolumeBodyStore.INDEX_FOLDER)) {
      Path fresh = folder.resolve(name);
      Path place = root.resolve(name);
      Path old = folder.resolve(OLD).resolve(name);
      if (Files.exists(fresh)) {
        if (Files.exists(place)) {
          Files.createDirectories(old.getParent());
          Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(place.getParent());
      }
    }
    syncFolder(folder);
  }

  /** Removes what the migration left, the old engine's files included. */
  void cleanUp() throws IOException {
    dropTree(root.resolve(FOLDER));
  }

  void dropTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(content.getBytes()));
      channel.force(true);
    }
    syncFolder(folder);
  }

  private static void syncFolder(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
