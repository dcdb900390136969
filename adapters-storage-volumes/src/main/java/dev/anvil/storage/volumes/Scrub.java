package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyFinding;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.ScrubResult;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.storage.volumes.IndexRecords.ScrubPlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads again what the index names, in the order of the volumes, a bounded piece at a time. */
final class Scrub {
  private static final int PLACES = 256;
  private static final KeyRange ALL = KeyRange.prefix(new byte[] {IndexRecords.PLACE});

  private final Volumes volumes;
  private final BodyIndex index;
  private final Buffers buffers;
  private final int boot;

  Scrub(Volumes volumes, BodyIndex index, Buffers buffers, int boot) {
    this.volumes = volumes;
    this.index = index;
    this.buffers = buffers;
    this.boot = boot;
  }

  /** One step's progress. */
  private static final class Run {
    final List<BodyFinding> findings = new ArrayList<>();
    final Map<Integer, Long> salts = new HashMap<>();
    long bytes;
    long budget;
  }

  ScrubResult step(long maxBytes) {
    Run run = new Run();
    run.budget = Math.max(1, maxBytes);
    ScrubPlace at = index.scrubPlace();
    ByteBuffer buffer = buffers.take(VolumeFormat.FULL_FRAME);
    try {
      while (true) {
        KeyRange rest = ALL.startingAt(IndexRecords.placeKey(at.volume(), at.position()));
        List<Entry> places = index.scan(rest, PLACES);
        for (Entry e : places) {
          int volume = IndexRecords.numberIn(e.key());
          long position = IndexRecords.positionIn(e.key());
          boolean resumed = volume == at.volume() && position == at.position();
          long frame = check(e, volume, position, resumed ? at.frames() : 0, buffer, run);
          at =
              frame < 0
                  ? new ScrubPlace(volume, position + 1, 0)
                  : new ScrubPlace(volume, position, frame);
          if (run.bytes >= run.budget || run.findings.size() >= VolumeLimits.SCRUB_FINDINGS) {
            return end(run, at, false);
          }
        }
        if (places.size() < PLACES) {
          return end(run, new ScrubPlace(0, 0, 0), true);
        }
      }
    } finally {
      buffers.give(buffer);
    }
  }

  private ScrubResult end(Run run, ScrubPlace at, boolean wrapped) {
    index.scrubPlace(at);
    return new ScrubResult(run.bytes, List.copyOf(run.findings), wrapped);
  }

  /** Checks frames of the place; returns the next one to check, -1 when the place is done. */
  private long check(Entry e, int volume, long position, long from, ByteBuffer buffer, Run run) {
    BodyId id = null;
    try {
      id = IndexRecords.readPlace(e.key(), e.value());
      BodyPlace place = index.find(id);
      Extent extent = place == null ? null : extentAt(place, volume, position);
      // what an earlier boot sealed and nobody named may never have been whole
      boolean leftover = BodyIds.bootOf(id) < boot && index.isUnkept(id);
      if (extent == null || leftover || !volumes.pin(volume)) {
        return -1;
      }
      try {
        return frames(id, place, extent, from, buffer, run);
      } finally {
        volumes.unpin(volume);
      }
    } catch (Corrupt c) {
      run.findings.add(new BodyFinding(id, volume, position, 0, 0, c.getMessage()));
    } catch (IOException io) {
      String detail = "cannot be read: " + io.getMessage();
      run.findings.add(new BodyFinding(id, volume, position, 0, 0, detail));
    }
    return -1;
  }

  private long frames(
      BodyId id, BodyPlace place, Extent extent, long from, ByteBuffer buffer, Run run)
      throws IOException {
    long salt = salt(extent.volume(), run);
    for (long frame = from; frame < extent.frames(); frame++) {
      if (frame > from && run.bytes >= run.budget) {
        return frame;
      }
      BodyFinding wrong = FrameReads.read(volumes.file(extent.volume()), id, extent, frame, buffer);
      run.bytes += buffer.limit();
      if (wrong == null) {
        wrong = header(id, place, extent, frame, salt, buffer);
      }
      if (wrong != null) {
        run.findings.add(wrong);
      }
    }
    return -1;
  }

  private static BodyFinding header(
      BodyId id, BodyPlace place, Extent e, long frame, long salt, ByteBuffer buffer) {
    long position = e.position() + frame * VolumeFormat.FULL_FRAME;
    long offset = e.offset() + frame * VolumeFormat.FRAME_DATA;
    int length = FrameReads.dataIn(e, frame);
    VolumeFormat.FrameHeader expected =
        new VolumeFormat.FrameHeader(id, offset, length, offset + length == place.size());
    VolumeFormat.FrameHeader found = VolumeFormat.readFrameHeader(buffer, 0, salt, position);
    return expected.equals(found)
        ? null
        : new BodyFinding(id, e.volume(), position, 0, 0, "the frame header is damaged");
  }

  private long salt(int volume, Run run) throws IOException {
    Long known = run.salts.get(volume);
    if (known == null) {
      ByteBuffer b = ByteBuffer.allocate(VolumeFormat.VOLUME_HEADER);
      volumes.file(volume).read(b, 0);
      VolumeFormat.VolumeHeader header = VolumeFormat.readVolumeHeader(b.flip());
      if (header == null) {
        run.findings.add(
            new BodyFinding(null, volume, 0, 0, 0, "both headers of the volume are damaged"));
      }
      known = header == null ? 0 : header.salt();
      run.salts.put(volume, known);
    }
    return known;
  }

  private static Extent extentAt(BodyPlace place, int volume, long position) {
    for (Extent e : place.extents()) {
      if (e.volume() == volume && e.position() == position) {
        return e;
      }
    }
    return null;
  }
}
