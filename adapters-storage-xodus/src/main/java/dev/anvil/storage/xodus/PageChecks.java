package dev.anvil.storage.xodus;

import dev.anvil.ports.failure.Corrupt;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CRC32C of every page of every full log file, in a file beside it. The library has no checksums,
 * and a bit flipped in a page of its tree makes keys look absent, which no check of a record can
 * see. The file being written has no checks yet: what it holds was written by this process, or read
 * as a whole when the environment was opened.
 */
final class PageChecks {
  private static final Logger LOG = LoggerFactory.getLogger(PageChecks.class);
  private static final String SUFFIX = ".crc";

  private final Path folder;
  private final int pageBytes;
  private final int fileBytes;
  private final ConcurrentMap<String, Optional<int[]>> loaded = new ConcurrentHashMap<>();

  PageChecks(Path folder, int pageBytes, int fileBytes) {
    this.folder = folder;
    this.pageBytes = pageBytes;
    this.fileBytes = fileBytes;
  }

  int pageBytes() {
    return pageBytes;
  }

  int fileBytes() {
    return fileBytes;
  }

  static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** Checks whole pages just read from a full file; anything else passes. */
  void verify(File log, byte[] bytes, long position, int offset, int read) {
    if (position % pageBytes != 0 || read < pageBytes || log.length() != fileBytes) {
      return;
    }
    int[] checks = loaded.computeIfAbsent(log.getName(), this::load).orElse(null);
    if (checks == null) {
      return;
    }
    int page = (int) (position / pageBytes);
    for (int at = 0; at + pageBytes <= read; at += pageBytes, page++) {
      if (crc(bytes, offset + at, pageBytes) != checks[page]) {
        throw new Corrupt(
            "page "
                + page
                + " ("
                + pageBytes
                + " bytes) of the log file "
                + log
                + " fails its checksum; restore the folder from a backup or a replica");
      }
    }
  }

  /** A file is written from now on: it has no checks until it is full. */
  void begin(String log) throws IOException {
    forget(log);
    loaded.put(log, Optional.empty());
  }

  /** A file is full and synced: keeps its checks. */
  void save(String log, int[] checks) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(checks.length * Integer.BYTES + Integer.BYTES);
    b.asIntBuffer().put(checks);
    b.putInt(checks.length * Integer.BYTES, crc(b.array(), 0, checks.length * Integer.BYTES));
    try (RandomAccessFile out = new RandomAccessFile(path(log).toFile(), "rw")) {
      out.setLength(0);
      out.write(b.array());
      out.getFD().sync();
    }
    loaded.put(log, Optional.of(checks));
  }

  /** The file is removed or shortened. */
  void forget(String log) throws IOException {
    loaded.remove(log);
    Files.deleteIfExists(path(log));
  }

  private Optional<int[]> load(String log) {
    int pages = fileBytes / pageBytes;
    byte[] bytes = new byte[pages * Integer.BYTES + Integer.BYTES];
    try (RandomAccessFile in = new RandomAccessFile(path(log).toFile(), "r")) {
      if (in.length() == bytes.length) {
        in.readFully(bytes);
        ByteBuffer b = ByteBuffer.wrap(bytes);
        if (b.getInt(pages * Integer.BYTES) == crc(bytes, 0, pages * Integer.BYTES)) {
          int[] checks = new int[pages];
          b.asIntBuffer().get(checks);
          return Optional.of(checks);
        }
      }
      LOG.warn("the checksums of log file {} in {} are damaged; it is read unchecked", log, folder);
    } catch (IOException e) {
      LOG.warn(
          "log file {} in {} has no checksums ({}); it is read unchecked",
          log,
          folder,
          e.toString());
    }
    return Optional.empty();
  }

  private Path path(String log) {
    return folder.resolve(log + SUFFIX);
  }
}
