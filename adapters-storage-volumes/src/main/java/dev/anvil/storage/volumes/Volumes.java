package dev.anvil.storage.volumes;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All volumes of the store and their files. Who uses a volume pins it; a doomed volume's file is
 * deleted when the last pin goes. Files of volumes nobody pins are closed beyond a count.
 */
final class Volumes {
  static final String FOLDER = "bodies/volumes";
  private static final Logger LOG = LoggerFactory.getLogger(Volumes.class);

  private final Disk disk;
  private final int mostIdle;
  private final Map<Integer, Volume> all = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger(1);
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean closed;

  Volumes(Disk disk, int mostIdle) {
    this.disk = disk;
    this.mostIdle = mostIdle;
  }

  static String path(int number) {
    return String.format("%s/%010d.vol", FOLDER, number);
  }

  /** Number of the file name, or -1 if it is no volume's. */
  static int numberOf(String name) {
    return name.matches("[0-9]{10}\\.vol") && Long.parseLong(name, 0, 10, 10) <= Integer.MAX_VALUE
        ? Integer.parseInt(name, 0, 10, 10)
        : -1;
  }

  void add(Volume volume) {
    all.put(volume.number(), volume);
    next.accumulateAndGet(volume.number() + 1, Math::max);
  }

  /** Numbers below are never given again. */
  void startAt(int number) {
    next.accumulateAndGet(number, Math::max);
  }

  int nextNumber() {
    return next.get();
  }

  Volume get(int number) {
    return all.get(number);
  }

  List<Volume> list() {
    return List.copyOf(all.values());
  }

  /** Creates the next volume; its header and its name in the folder are on the disk. */
  Volume create(int boot, long salt) throws IOException {
    int number = next.getAndIncrement();
    String path = path(number);
    DiskFile file = disk.open(path);
    boolean done = false;
    try {
      VolumeFormat.VolumeHeader header =
          new VolumeFormat.VolumeHeader(VolumeFormat.VERSION, boot, number, salt);
      file.write(VolumeFormat.volumeHeader(header), 0);
      file.sync();
      disk.syncFolder(FOLDER);
      done = true;
    } finally {
      if (!done) {
        discard(file, path);
      }
    }
    Volume volume = Volume.active(number, salt, file);
    open.incrementAndGet();
    all.put(number, volume);
    return volume;
  }

  private void discard(DiskFile file, String path) {
    try {
      file.close();
      disk.delete(path);
    } catch (IOException e) {
      LOG.warn(
          "could not remove {}: a start will find it empty and drop it: {}", path, e.toString());
    }
  }

  /** Whether the volume is there and will stay until {@link #unpin}. */
  boolean pin(int number) {
    Volume v = all.get(number);
    if (v == null) {
      return false;
    }
    synchronized (v) {
      if (v.doomed) {
        return false;
      }
      v.pins++;
      return true;
    }
  }

  void unpin(int number) {
    Volume v = all.get(number);
    DiskFile idle = null;
    boolean delete;
    synchronized (v) {
      v.pins--;
      delete = v.pins == 0 && v.doomed;
      if (v.pins == 0 && !v.appending() && v.file != null && open.get() > mostIdle) {
        idle = v.file;
        v.file = null;
        open.decrementAndGet();
      }
    }
    close(idle, number);
    if (delete) {
      remove(v);
    }
  }

  /** The file of a pinned volume. */
  DiskFile file(int number) {
    Volume v = all.get(number);
    synchronized (v) {
      if (closed) {
        throw new Unavailable(Unavailable.Reason.UNAVAILABLE, "the body store is closed");
      }
      if (v.file == null) {
        v.file = openFile(number);
        open.incrementAndGet();
      }
      return v.file;
    }
  }

  /** Tells the disk that an extent will not be read soon, if its volume is there and open. */
  void notSoon(Extent e) {
    if (!pin(e.volume())) {
      return;
    }
    try {
      Volume v = all.get(e.volume());
      DiskFile file;
      synchronized (v) {
        file = v.file;
      }
      if (file != null) {
        file.notSoon(e.position(), e.storedBytes());
      }
    } finally {
      unpin(e.volume());
    }
  }

  private DiskFile openFile(int number) {
    try {
      DiskFile file = disk.openRead(path(number));
      try {
        checkVersion(file, number);
        return file;
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new Corrupt("volume " + number + " is missing from " + FOLDER);
    } catch (IOException e) {
      throw Failures.of(e, "opening volume " + number);
    }
  }

  private static void checkVersion(DiskFile file, int number) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(VolumeFormat.VOLUME_HEADER);
    file.read(b, 0);
    VolumeFormat.VolumeHeader header = VolumeFormat.readVolumeHeader(b.flip());
    if (header == null) {
      // every block is checked by itself, so the bodies may well be whole: serve them
      LOG.error(
          "the header of volume {} is damaged; its bodies are served while they check", number);
    } else if (header.version() != VolumeFormat.VERSION) {
      throw new Corrupt(
          String.format(
              "volume %d has format version %d, this server knows %d: use a newer server",
              number, header.version(), VolumeFormat.VERSION));
    }
  }

  /** From now on nobody may pin the volume; its file goes when the last one unpins. */
  void doom(int number) {
    Volume v = all.get(number);
    boolean delete;
    synchronized (v) {
      if (v.doomed) {
        return;
      }
      v.doomed = true;
      delete = v.pins == 0;
    }
    if (delete) {
      remove(v);
    }
  }

  private void remove(Volume v) {
    DiskFile file;
    synchronized (v) {
      file = v.file;
      v.file = null;
    }
    if (file != null) {
      open.decrementAndGet();
      close(file, v.number());
    }
    try {
      disk.delete(path(v.number()));
      disk.syncFolder(FOLDER);
      all.remove(v.number());
    } catch (IOException e) {
      LOG.warn("could not delete volume {}: the next start does it: {}", v.number(), e.toString());
    }
  }

  private static void close(DiskFile file, int number) {
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("closing volume {} failed", number, e);
    }
  }

  /** Closes every file. */
  void close() {
    closed = true;
    for (Volume v : all.values()) {
      synchronized (v) {
        close(v.file, v.number());
        v.file = null;
      }
    }
  }

  /** For messages: why a volume cannot be read now. */
  static Unavailable unreadable(int number, IOException e) {
    return Failures.of(e, "reading volume " + number);
  }
}
