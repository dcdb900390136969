package dev.anvil.storage.rocksdb;

import dev.anvil.ports.failure.Unavailable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The folder of one engine; its file ENGINE says whose format it has. */
final class EngineFolder {
  private static final String MARKER = "ENGINE";

  private EngineFolder() {}

  /**
   * Creates the folder if absent and checks that it is the engine's.
   *
   * @return its real path
   */
  static Path claim(Path folder, String engine) {
    try {
      Files.createDirectories(folder);
      Path path = folder.toRealPath();
      String found = readMarker(path);
      if (found.isEmpty()) {
        refuseForeignFiles(path, engine);
        writeMarker(path, engine);
        sync(path);
        sync(path.getParent());
      } else if (!found.equals(engine)) {
        throw foreign(path, found, engine);
      }
      return path;
    } catch (IOException e) {
      throw Failures.cannotUse(folder, e);
    }
  }

  private static String readMarker(Path path) throws IOException {
    Path marker = path.resolve(MARKER);
    if (!Files.exists(marker)) {
      return "";
    }
    try (FileInputStream in = new FileInputStream(marker.toFile())) {
      return new String(in.readNBytes(64), StandardCharsets.UTF_8).strip();
    }
  }

  private static Unavailable foreign(Path path, String found, String engine) {
    return new Unavailable(
        Unavailable.Reason.STORAGE,
        "the storage folder "
            + path
            + " belongs to the engine '"
            + found
            + "' and cannot be opened by '"
            + engine
            + "'; set STORAGE_ENGINE="
            + found
            + " or choose another folder");
  }

  private static void refuseForeignFiles(Path path, String engine) throws IOException {
    List<String> others;
    try (Stream<Path> files = Files.list(path)) {
      others =
          files
              .map(f -> f.getFileName().toString())
              .filter(name -> !name.equals(MARKER))
              .sorted()
              .limit(3)
              .toList();
    }
    if (!others.isEmpty()) {
      throw new Unavailable(
          Unavailable.Reason.STORAGE,
          "the storage folder "
              + path
              + " holds "
              + String.join(", ", others)
              + " but no file ENGINE, so it is no folder of '"
              + engine
              + "'; choose an empty folder, or put ENGINE back");
    }
  }

  private static void writeMarker(Path path, String engine) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(path.resolve(MARKER).toFile(), "rw")) {
      out.write((engine + "\n").getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    }
  }

  /** Once a new folder; an interrupt fails the opening, it hides nothing. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
