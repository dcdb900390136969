package dev.anvil.storage.volumes;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.DiskFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files below one folder of this machine. Paths that leave the folder are refused with {@code
 * IllegalArgumentException}. An interrupt neither fails an operation nor closes a file, which needs
 * {@code --add-opens java.base/sun.nio.ch=ALL-UNNAMED}.
 */
public final class FileDisk implements Disk {
  private final Path root;

  /** Over an existing folder. */
  public FileDisk(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new NoSuchFileException(root.toString(), null, "the storage folder must exist");
    }
    this.root = root.toRealPath();
  }

  @Override
  public DiskFile open(String path) throws IOException {
    return new FileDiskFile(FileChannel.open(resolve(path), CREATE, READ, WRITE));
  }

  @Override
  public DiskFile openRead(String path) throws IOException {
    return new FileDiskFile(FileChannel.open(resolve(path), READ));
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(resolve(path));
  }

  @Override
  public List<String> list(String folder) throws IOException {
    Path at = resolve(folder);
    if (!Files.isDirectory(at)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(at)) {
      return found.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public void createFolder(String folder) throws IOException {
    Files.createDirectories(resolve(folder));
  }

  @Override
  public void delete(String path) throws IOException {
    Path at = resolve(path);
    try {
      Files.deleteIfExists(at);
    } catch (DirectoryNotEmptyException e) {
      throw new IOException("folder " + path + " is not empty", e);
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(resolve(from), resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void syncFolder(String folder) throws IOException {
    try (FileDiskFile at = new FileDiskFile(FileChannel.open(resolve(folder), READ))) {
      at.syncAll();
    }
  }

  @Override
  public AutoCloseable tryLock(String path) throws IOException {
    FileChannel channel = FileChannel.open(resolve(path), CREATE, READ, WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // this process holds it already: another holder like any other
      lock = null;
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock == null ? null : channel;
  }

  @Override
  public void restrict(String path) throws IOException {
    Path at = resolve(path);
    PosixFileAttributeView rights = Files.getFileAttributeView(at, PosixFileAttributeView.class);
    if (rights != null) {
      rights.setPermissions(
          PosixFilePermissions.fromString(Files.isDirectory(at) ? "rwx------" : "rw-------"));
    }
  }

  @Override
  public long freeBytes() throws IOException {
    return Files.getFileStore(root).getUsableSpace();
  }

  private Path resolve(String path) {
    for (String part : path.isEmpty() ? new String[0] : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "path '" + path + "' leaves the storage folder or is not plain: use a/b/c");
      }
    }
    return root.resolve(path);
  }
}
