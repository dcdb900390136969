package dev.anvil.storage.xodus;

import dev.anvil.ports.failure.Unavailable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The folder of one engine, held by one process: the file ENGINE says whose format it has, the file
 * LOCK who may open it. Nothing here is harmed by an interrupt.
 */
final class EngineFolder implements AutoCloseable {
  private static final String MARKER = "ENGINE";
  private static final String LOCK = "LOCK";

  /** Closing any descriptor of a file gives up the process's lock on it, so look here first. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final RandomAccessFile lockFile;

  private EngineFolder(Path path, RandomAccessFile lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /** Creates the folder if absent, takes it, and checks that it is the engine's. */
  static EngineFolder take(Path folder, String engine) {
    Path path;
    try {
      Files.createDirectories(folder);
      path = folder.toRealPath();
    } catch (IOException e) {
      throw Failures.cannotOpen(folder, e);
    }
    if (!HELD.add(path)) {
      throw held(path);
    }
    EngineFolder taken = null;
    try {
      taken = new EngineFolder(path, new RandomAccessFile(path.resolve(LOCK).toFile(), "rw"));
      taken.lock();
      taken.checkMarker(engine);
      FolderSync.sync(path);
      FolderSync.sync(path.getParent());
      return taken;
    } catch (IOException | RuntimeException e) {
      if (taken != null) {
        taken.close();
      } else {
        HELD.remove(path);
      }
      throw e instanceof RuntimeException r ? r : Failures.cannotOpen(path, e);
    }
  }

  /** The real path. */
  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw Failures.cannotOpen(path, e);
    } finally {
      HELD.remove(path);
    }
  }

  private void lock() throws IOException {
    try {
      FileLock lock = lockFile.getChannel().tryLock();
      if (lock == null) {
        throw held(path);
      }
    } catch (OverlappingFileLockException e) {
      throw held(path);
    }
  }

  private static Unavailable held(Path path) {
    return new Unavailable(
        Unavailable.Reason.STORAGE,
        "the storage folder "
            + path
            + " is open already, here or in another process; stop that one first");
  }

  private void checkMarker(String engine) throws IOException {
    String found = readMarker();
    if (found.isEmpty()) {
      refuseForeignFiles(engine);
      writeMarker(engine);
    } else if (!found.equals(engine)) {
      throw new Unavailable(
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
  }

  private String readMarker() throws IOException {
    Path marker = path.resolve(MARKER);
    if (!Files.exists(marker)) {
      return "";
    }
    try (FileInputStream in = new FileInputStream(marker.toFile())) {
      return new String(in.readNBytes(64), StandardCharsets.UTF_8).strip();
    }
  }

  private void refuseForeignFiles(String engine) throws IOException {
    List<String> foreign;
    try (Stream<Path> files = Files.list(path)) {
      foreign =
          files
              .map(f -> f.getFileName().toString())
              .filter(name -> !name.equals(LOCK) && !name.equals(MARKER))
              .sorted()
              .limit(3)
              .toList();
    }
    if (!foreign.isEmpty()) {
      throw new Unavailable(
          Unavailable.Reason.STORAGE,
          "the storage folder "
              + path
              + " holds "
              + String.join(", ", foreign)
              + " but no file ENGINE, so it is no folder of '"
              + engine
              + "'; choose an empty folder, or put ENGINE back");
    }
  }

  private void writeMarker(String engine) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(path.resolve(MARKER).toFile(), "rw")) {
      out.write((engine + "\n").getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    }
  }
}
