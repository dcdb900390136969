package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyFinding;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.CompactionTerms;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.KeyRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what lives in a volume full of garbage to the end of the active one. Frames are copied and
 * synced first, places are switched then, and the file goes only after the switch is on the disk; a
 * crash before leaves copies that are garbage, never a body without its bytes.
 */
final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /** A body being moved: where the index says it is, where it will be, its copied frames. */
  private static final class Move {
    final BodyPlace from;
    BodyPlace to;
    final OpenBody copy;

    Move(BodyId id, BodyPlace from) {
      this.from = from;
      this.to = from;
      this.copy = new OpenBody(id);
    }
  }

  private final Volumes volumes;
  private final BodyIndex index;
  private final Checkpoints checkpoints;
  private final CheckpointThread thread;
  private final List<AppendLane> lanes;
  private final Buffers buffers;
  private final Consumer<BodyFinding> findings;
  private final VolumeChoice choice;

  /** Where the last step found the first place of a volume; that volume has none before. */
  private byte[] first = new byte[0];

  Compaction(
      Volumes volumes,
      BodyIndex index,
      Checkpoints checkpoints,
      CheckpointThread thread,
      List<AppendLane> lanes,
      Buffers buffers,
      Consumer<BodyFinding> findings,
      VolumeChoice choice) {
    this.volumes = volumes;
    this.index = index;
    this.checkpoints = checkpoints;
    this.thread = thread;
    this.lanes = lanes;
    this.buffers = buffers;
    this.findings = findings;
    this.choice = choice;
  }

  boolean step(CompactionTerms terms) {
    Volume volume = choice.next(terms);
    if (volume == null && retireActive(terms)) {
      volume = choice.next(terms);
    }
    if (volume == null) {
      return false;
    }
    boolean dead = VolumeChoice.share(volume) >= terms.deadShare();
    // every body that was sealed here is in the index after this, and none can come
    thread.runNow();
    if (dead && VolumeChoice.share(volume) < terms.deadShare()) {
      // it was full of bodies that the count of live bytes did not know yet
      return choice.next(terms) != null;
    }
    List<Entry> places = places(volume.number(), terms.maxBytes());
    if (places.isEmpty()) {
      checkpoints.doom(volume.number());
      thread.runNow();
      // a second one forgets the file, should it be gone
      thread.runNow();
    } else if (volumes.pin(volume.number())) {
      try {
        move(volume, places, terms.maxBytes());
      } finally {
        volumes.unpin(volume.number());
      }
    }
    return choice.next(terms) != null || choice.anyToRetire(terms);
  }

  /**
   * The first places of a volume. Begins where the last step did, as engines walk over each place
   * that was dropped before; that there is none is believed only after a look from the start.
   */
  private List<Entry> places(int volume, long maxBytes) {
    int most =
        Math.clamp(
            maxBytes / VolumeLimits.COMPACTION_PLACE_BYTES,
            VolumeLimits.COMPACTION_PLACES,
            VolumeLimits.COMPACTION_PLACES_MOST);
    KeyRange all = KeyRange.prefix(IndexRecords.placePrefix(volume));
    List<Entry> found = all.contains(first) ? index.scan(all.startingAt(first), most) : List.of();
    found = found.isEmpty() ? index.scan(all, most) : found;
    first = found.isEmpty() ? first : found.getFirst().key();
    return found;
  }

  /**
   * Who deletes everything and writes nothing more wants the space back all the same: a volume that
   * is mostly garbage is not written to its end. Whether one was given up.
   */
  private boolean retireActive(CompactionTerms terms) {
    boolean retired = false;
    for (AppendLane lane : choice.anyToRetire(terms) ? lanes : List.<AppendLane>of()) {
      Volume v = lane.active();
      if (v == null) {
        continue;
      }
      // what was sealed and freed since the last checkpoint is not in the count of live bytes
      long before = v.written();
      thread.runNow();
      if (choice.worthRetiring(v, before, terms.deadShare())) {
        LOG.debug("volume {} is mostly garbage and written no longer", v.number());
        lane.retire(v);
        retired = true;
      }
    }
    return retired;
  }

  private void move(Volume volume, List<Entry> places, long maxBytes) {
    Map<BodyId, Move> moves = new LinkedHashMap<>();
    ByteBuffer buffer = buffers.take(VolumeFormat.FULL_FRAME);
    try {
      long budget = maxBytes;
      boolean progress = false;
      for (Entry e : places) {
        BodyId id = IndexRecords.readPlace(e.key(), e.value());
        long position = IndexRecords.positionIn(e.key());
        BodyPlace known = index.find(id);
        Move m = known == null ? null : moves.computeIfAbsent(id, x -> new Move(id, known));
        Extent extent = m == null ? null : extentAt(m.to, volume.number(), position);
        if (extent == null) {
          // freed or moved since the scan, or an entry nothing names: only the first goes
          progress |= index.overlay().get(id) != null || !index.hasPlace(e.key());
          continue;
        }
        long copied = copy(m, extent, budget, buffer);
        volume.fading().moved(copied);
        progress |= copied > 0;
        budget -= copied;
        if (budget <= 0) {
          break;
        }
      }
      for (Move m : moves.values()) {
        m.copy.sync();
      }
      moves.forEach(this::switchTo);
      if (!progress) {
        LOG.error("volume {} holds what cannot be moved: left alone", volume.number());
        choice.leaveAlone(volume.number());
      }
    } catch (IOException e) {
      throw Volumes.unreadable(volume.number(), e);
    } catch (Corrupt e) {
      LOG.error("volume {} cannot be compacted", volume.number(), e);
      findings.accept(new BodyFinding(null, volume.number(), 0, 0, 0, e.getMessage()));
      choice.leaveAlone(volume.number());
    } finally {
      buffers.give(buffer);
      moves.values().forEach(m -> m.copy.release(volumes));
    }
    thread.runNow();
  }

  private void switchTo(BodyId id, Move m) {
    if (m.to != m.from && !index.move(id, m.from, m.to)) {
      LOG.debug("body {} was freed while it was copied", id);
    }
  }

  private static Extent extentAt(BodyPlace place, int volume, long position) {
    for (Extent e : place.extents()) {
      if (e.volume() == volume && e.position() == position) {
        return e;
      }
    }
    return null;
  }

  /** Copies frames of the extent up to the budget, at least one; returns bytes. */
  private long copy(Move m, Extent extent, long budget, ByteBuffer buffer) throws IOException {
    BodyId id = m.copy.id();
    int before = m.copy.extents().size();
    long bytes = 0;
    long frame = 0;
    for (; frame < extent.frames() && (bytes == 0 || bytes < budget); frame++) {
      BodyFinding wrong = FrameReads.read(volumes.file(extent.volume()), id, extent, frame, buffer);
      if (wrong != null) {
        findings.accept(wrong);
        choice.leaveAlone(extent.volume());
        break;
      }
      long offset = extent.offset() + frame * VolumeFormat.FRAME_DATA;
      int length = FrameReads.dataIn(extent, frame);
      bytes += buffer.remaining();
      boolean last = offset + length == m.to.size();
      lanes.getFirst().move(buffer, m.copy, id, offset, length, last);
    }
    if (frame == 0) {
      return 0;
    }
    m.to = m.to.moved(extent, pieces(m, extent, before, frame));
    return bytes;
  }

  /**
   * The copied frames of this extent, as runs, and what is left of it. Other extents of the body
   * may have been copied before it in the same step, and from behind it: what lies lower in a
   * volume may be later in the body.
   */
  private static List<Extent> pieces(Move m, Extent extent, int before, long frames) {
    long done = Math.min(extent.length(), frames * VolumeFormat.FRAME_DATA);
    List<Extent> pieces = new ArrayList<>();
    for (Extent e : m.copy.extents().subList(Math.max(0, before - 1), m.copy.extents().size())) {
      long from = Math.max(e.offset(), extent.offset());
      long to = Math.min(e.end(), extent.offset() + done);
      if (from < to || e.length() == 0) {
        pieces.add(new Extent(e.volume(), e.framePosition(from), from, to - from));
      }
    }
    if (done < extent.length()) {
      long from = extent.offset() + done;
      pieces.add(
          new Extent(extent.volume(), extent.framePosition(from), from, extent.end() - from));
    }
    return pieces;
  }
}
