package dev.anvil.storage.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * The native part of the library, 17 MB that its jar carries packed. Left alone the library unpacks
 * them into the system's temporary folder at every start, where they stay when the process is
 * killed. Here the file is deleted as soon as it is loaded; and where Java's {@code
 * java.library.path} has it, nothing is unpacked.
 */
final class NativeLibrary {
  private static final String FILE = Environment.getJniLibraryFileName("rocksdb");

  private static boolean loaded;

  private NativeLibrary() {}

  /** Loads it, once; to be called before any class of the library is used that needs it. */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    try {
      // only its owner can enter such a folder
      Path folder = Files.createTempDirectory("anvil-rocksdb");
      try {
        NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the native part of RocksDB could not be unpacked", e);
    }
    loaded = true;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Leaves the file in the folder, which is made, for processes of the same jar. */
  static void unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(FILE + ".part");
    try (InputStream in = RocksDB.class.getResourceAsStream("/" + FILE)) {
      if (in == null) {
        return;
      }
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }
}
