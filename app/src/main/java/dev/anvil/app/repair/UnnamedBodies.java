package dev.anvil.app.repair;

import dev.anvil.journal.Finding;
import dev.anvil.operations.repair.UnreferencedBodies;
import dev.anvil.operations.repair.Validation;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.storage.volumes.VolumeBodyStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What becomes of bodies that no record names: they are told, or set apart. One that is set apart
 * was read to its end against its checksums and lies synced in a file of its own before its space
 * in the volumes is given back; one that cannot be read, or for which there is no room, stays.
 */
final class UnnamedBodies {
  private static final String FOLDER = "quarantine/bodies";

  private final Path root;
  private final VolumeBodyStore bodies;
  private final boolean apart;
  private final Consumer<String> progress;
  private final List<Finding> findings = new ArrayList<>();
  private long found;
  private long freed;
  private long freedBytes;

  /** Of a storage path; set apart or only told. */
  UnnamedBodies(Path root, VolumeBodyStore bodies, boolean apart, Consumer<String> progress) {
    this.root = root;
    this.bodies = bodies;
    this.apart = apart;
    this.progress = progress;
  }

  /** Deals with each of them. */
  void settle(UnreferencedBodies unreferenced) {
    unreferenced.each(
        bodies,
        id -> {
          long size = bodies.size(id);
          String action =
              apart
                  ? setApart(id, size)
                  : "needed: anvil repair --quarantine keeps its bytes in a file and gives its"
                      + " space back";
          found++;
          if (findings.size() < Validation.MAX_FINDINGS) {
            findings.add(unreferenced.finding(id, size, action));
          }
        });
    if (freed > 0) {
      bodies.checkpoint();
      progress.accept(
          freed + " bodies that no record names set apart, " + freedBytes + " bytes given back");
    }
  }

  /** Those told, and how many more there are is what {@link #found} says. */
  List<Finding> findings() {
    return findings;
  }

  long found() {
    return found;
  }

  private String setApart(BodyId id, long size) {
    Path file = root.resolve(FOLDER).resolve(id + ".bin");
    try {
      copy(id, size, file);
    } catch (IOException | AnvilException e) {
      return "needed: it stays in its volume, for it could not be set apart ("
          + e.getMessage()
          + ")";
    }
    bodies.free(id);
    freed++;
    freedBytes += size;
    return "taken: set apart in " + root.relativize(file) + "; delete that once nobody misses it";
  }

  private void copy(BodyId id, long size, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.getFileStore(file.getParent()).getUsableSpace() < size) {
      throw new IOException("the disk has no room for " + size + " bytes");
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    try (BodyReader in = bodies.open(id, 0, size);
        FileChannel out =
            FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      for (ByteBuffer bytes = in.next(); bytes != null; bytes = in.next()) {
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      if (out.size() != size) {
        throw new IOException("only " + out.size() + " of " + size + " bytes could be read");
      }
      out.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
