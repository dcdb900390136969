package dev.anvil.backup.directory;

import dev.anvil.backup.FileNames;
import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Backups in a folder. A file is written beside its place, synced and renamed, so that a cut leaves
 * either the file or nothing of its name.
 */
public final class DirectoryTarget implements BackupTarget {
  private static final String PART = ".part";

  private final Path root;

  /** The folder; made when it is first written to. */
  public DirectoryTarget(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public String describe() {
    return root.toString();
  }

  @Override
  public void put(String name, byte[] bytes) {
    Path file = path(name);
    Path part = file.resolveSibling(file.getFileName() + PART);
    try {
      makeFolder(file.getParent());
      try (FileChannel out =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          out.write(left);
        }
        out.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(file.getParent());
    } catch (IOException e) {
      throw failed("writing " + name, e);
    }
  }

  private void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      sync(folder.getParent());
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel f = FileChannel.open(folder, StandardOpenOption.READ)) {
      f.force(true);
    }
  }

  @Override
  public byte[] get(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (NoSuchFileException e) {
      throw absent(name);
    } catch (IOException e) {
      throw failed("reading " + name, e);
    }
  }

  @Override
  public byte[] read(String name, long offset, int length) {
    try (FileChannel in = FileChannel.open(path(name), StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.clamp(in.size() - offset, 0, length));
      int n = 0;
      while (bytes.hasRemaining() && n >= 0) {
        n = in.read(bytes, offset + bytes.position());
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    } catch (NoSuchFileException e) {
      throw absent(name);
    } catch (IOException e) {
      throw failed("reading " + name, e);
    }
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    Path folder = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    String start = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> start + f.getFileName())
          .filter(n -> n.startsWith(prefix) && n.compareTo(after) > 0 && !n.endsWith(PART))
          .sorted()
          .limit(limit)
          .toList();
    } catch (IOException e) {
      throw failed("listing " + prefix, e);
    }
  }

  @Override
  public void delete(String name) {
    try {
      Files.deleteIfExists(path(name));
    } catch (IOException e) {
      throw failed("deleting " + name, e);
    }
  }

  private Path path(String name) {
    return root.resolve(FileNames.checked(name));
  }

  private NotFound absent(String name) {
    return new NotFound(
        NotFound.Reason.BACKUP, "there is no file " + name + " in " + root, Map.of("file", name));
  }

  private Unavailable failed(String doing, IOException e) {
    return Unavailable.notApplied(
        Unavailable.Reason.STORAGE,
        doing + " in the backup folder " + root + " failed: " + e + "; check space and rights",
        e);
  }
}
