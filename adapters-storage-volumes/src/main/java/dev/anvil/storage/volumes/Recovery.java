package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.DiskFile;
import dev.anvil.ports.storage.Entry;
import dev.anvil.storage.volumes.IndexRecords.Meta;
import dev.anvil.storage.volumes.IndexRecords.VolumeMark;
import dev.anvil.storage.volumes.IndexRecords.VolumeState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A start: brings the index up to what the volumes hold. Only what was written after the last
 * checkpoint is read, and of that only frame headers.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  /**
   * Frames met of a body that is not whole yet. They may come in any order: compaction moves pieces
   * of a body one by one.
   */
  private static final class Partial {
    /** Frames that one before is missing for. */
    private record Later(Extent extent, boolean last) {}

    final List<Extent> extents = new ArrayList<>();
    private final TreeMap<Long, Later> later = new TreeMap<>();
    long end;
    boolean complete;
    int parts;

    void add(Extent e, boolean last) {
      if (complete || e.offset() < end) {
        return; // a copy of what is known
      }
      if (e.offset() > end) {
        later.putIfAbsent(e.offset(), new Later(e, last));
        return;
      }
      join(e, last);
      while (!complete && !later.isEmpty() && later.firstKey() <= end) {
        Later next = later.pollFirstEntry().getValue();
        if (next.extent.offset() == end) {
          join(next.extent, next.last);
        }
      }
    }

    private void join(Extent e, boolean last) {
      BodyPlace.append(extents, e);
      end = e.end();
      complete = last;
    }
  }

  private final Disk disk;
  private final Volumes volumes;
  private final BodyIndex index;
  private final Checkpoints checkpoints;
  private final VolumeLimits limits;
  private final Map<BodyId, Partial> partials = new HashMap<>();
  private Change.Kept foundAs = Change.Kept.UNKEPT;
  private int greatestBoot;

  Recovery(
      Disk disk, Volumes volumes, BodyIndex index, Checkpoints checkpoints, VolumeLimits limits) {
    this.disk = disk;
    this.volumes = volumes;
    this.index = index;
    this.checkpoints = checkpoints;
    this.limits = limits;
  }

  /** Counts and returns the new boot; everything found is in the index, durably. */
  int run() throws IOException {
    Meta meta = index.meta();
    TreeMap<Integer, VolumeMark> marks = index.marks();
    TreeSet<Integer> files = files();
    boolean rebuild = meta == null ? !files.isEmpty() : meta.rebuilding();
    if (rebuild) {
      LOG.error("the body index is lost: rebuilding it from {} volumes", files.size());
      // without the history of the journal nothing tells garbage from bodies: keep all of them
      foundAs = Change.Kept.KEPT;
      greatestBoot = greatestBoot(files);
    }
    greatestBoot = Math.max(greatestBoot, meta == null ? 0 : meta.boot());
    int next = files.isEmpty() ? 1 : files.last() + 1;
    volumes.startAt(Math.max(next, meta == null ? 1 : meta.nextVolume()));
    checkpoints.begin(
        new Meta(
            greatestBoot + 1,
            volumes.nextNumber(),
            meta == null ? 0 : meta.bodies(),
            meta == null ? 0 : meta.unkept(),
            rebuild));
    // a deletion that was not synced is about to be forgotten: the file must not come back
    disk.syncFolder(Volumes.FOLDER);
    readParts();
    reportMissing(marks, files);
    for (int number : files) {
      VolumeMark mark = marks.get(number);
      if (mark != null && mark.state() == VolumeState.DOOMED) {
        disk.delete(Volumes.path(number));
        disk.syncFolder(Volumes.FOLDER);
      } else if (mark != null && mark.state() == VolumeState.CLOSED) {
        volumes.add(Volume.closed(number, mark.covered(), mark.live()));
      } else {
        scan(number, mark);
      }
    }
    // frames of bodies that no last frame ended stay behind as garbage
    partials.forEach((id, p) -> index.abandoned(id, p.parts));
    checkpoints.run();
    return greatestBoot + 1;
  }

  private TreeSet<Integer> files() throws IOException {
    TreeSet<Integer> found = new TreeSet<>();
    for (String name : disk.list(Volumes.FOLDER)) {
      int number = Volumes.numberOf(name);
      if (number >= 0) {
        found.add(number);
      } else {
        LOG.warn("{}/{} is no volume: left alone", Volumes.FOLDER, name);
      }
    }
    return found;
  }

  private int greatestBoot(TreeSet<Integer> files) throws IOException {
    int greatest = 0;
    for (int number : files) {
      try (DiskFile file = disk.openRead(Volumes.path(number))) {
        VolumeFormat.VolumeHeader h = header(file);
        greatest = Math.max(greatest, h == null ? 0 : h.boot());
      }
    }
    return greatest;
  }

  private void reportMissing(TreeMap<Integer, VolumeMark> marks, TreeSet<Integer> files) {
    marks.forEach((number, mark) -> {
      if (!files.contains(number) && mark.state() != VolumeState.DOOMED) {
        LOG.error("volume {} is missing: its bodies cannot be read", number);
        volumes.add(Volume.closed(number, mark.covered(), mark.live()));
      }
    });
  }

  private void readParts() {
    for (Entry e : index.scan(new byte[] {IndexRecords.OPEN}, Integer.MAX_VALUE)) {
      OpenBody.Part part = IndexRecords.readPart(e.key(), e.value());
      Partial p = partials.computeIfAbsent(part.id(), id -> new Partial());
      p.parts = Math.max(p.parts, part.sequence() + 1);
      for (Extent extent : part.extents()) {
        p.add(extent, part.complete() && extent.equals(part.extents().getLast()));
      }
    }
    List.copyOf(partials.entrySet()).forEach(e -> finish(e.getKey(), e.getValue()));
  }

  private void scan(int number, VolumeMark mark) throws IOException {
    String path = Volumes.path(number);
    long size;
    long end;
    try (DiskFile file = disk.openRead(path)) {
      size = file.size();
      VolumeFormat.VolumeHeader header = header(file);
      if (header == null) {
        setAside(number, mark, size);
        return;
      }
      if (header.version() != VolumeFormat.VERSION) {
        throw new Unavailable(
            Unavailable.Reason.UNAVAILABLE,
            String.format(
                "volume %d has format version %d, this server knows %d: use a newer server",
                number, header.version(), VolumeFormat.VERSION));
      }
      long from = mark == null ? VolumeFormat.VOLUME_HEADER : mark.covered();
      VolumeScanner.Scanned scanned =
          new VolumeScanner(file, header.salt())
              .scan(from, (frame, position) -> take(number, frame, position));
      if (scanned.skipped() > 0) {
        LOG.warn(
            "volume {}: {} bytes after byte {} belong to no frame",
            number,
            scanned.skipped(),
            from);
      }
      end = scanned.end();
    }
    if (end < size) {
      cut(number, end);
    }
    volumes.add(Volume.closed(number, end, mark == null ? 0 : mark.live()));
    if (index.overlay().size() >= limits.checkpointChanges()) {
      checkpoints.sinkFound();
    }
  }

  /** The zeros behind the last frame go; a volume whose zeros stay works all the same. */
  private void cut(int number, long end) {
    try (DiskFile file = disk.open(Volumes.path(number))) {
      file.truncate(end);
      file.sync();
    } catch (IOException e) {
      LOG.warn("zeros behind the end of volume {} stay: {}", number, e.toString());
    }
  }

  /** A volume without a header: never finished, or damaged in both copies. */
  private void setAside(int number, VolumeMark mark, long size) throws IOException {
    if (mark != null) {
      LOG.error(
          "the header of volume {} is damaged: what came after the last checkpoint is lost",
          number);
      volumes.add(Volume.closed(number, size, mark.live()));
    } else if (size <= VolumeFormat.VOLUME_HEADER) {
      disk.delete(Volumes.path(number));
    } else {
      LOG.error("volume {} has no header and the index does not know it: set aside", number);
      disk.rename(Volumes.path(number), Volumes.path(number) + ".damaged");
      disk.syncFolder(Volumes.FOLDER);
    }
  }

  private void take(int number, VolumeFormat.FrameHeader frame, long position) {
    Partial p = partials.computeIfAbsent(frame.id(), id -> new Partial());
    p.add(new Extent(number, position, frame.offset(), frame.length()), frame.last());
    finish(frame.id(), p);
  }

  private void finish(BodyId id, Partial p) {
    if (!p.complete) {
      return;
    }
    partials.remove(id);
    if (!known(id)) {
      index.sealed(id, new BodyPlace(p.end, p.extents), foundAs, p.parts);
    } else {
      index.abandoned(id, p.parts);
    }
  }

  private boolean known(BodyId id) {
    try {
      return index.find(id) != null;
    } catch (Corrupt e) {
      LOG.error("the index entry of body {} is damaged", id, e);
      return true;
    }
  }

  private static VolumeFormat.VolumeHeader header(DiskFile file) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(VolumeFormat.VOLUME_HEADER);
    file.read(b, 0);
    return VolumeFormat.readVolumeHeader(b.flip());
  }
}
