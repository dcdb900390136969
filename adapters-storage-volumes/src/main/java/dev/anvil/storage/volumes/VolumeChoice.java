package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.CompactionTerms;
import dev.anvil.ports.time.Ticker;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which volume is worth compacting next. One thread. */
final class VolumeChoice {
  /** A volume below this part of the size of a full one is small: a short boot left it. */
  private static final int SMALL_SHARE = 16;

  /** Small volumes that are left alone. */
  static final int MAX_SMALL = 16;

  /** An active volume with less garbage than this part of a full one goes on being written. */
  static final int RETIRE_SHARE = 64;

  private final Volumes volumes;
  private final List<AppendLane> lanes;
  private final Ticker ticker;
  private final long volumeBytes;

  /** Volumes with damage: left as they are for whoever repairs them, until the next start. */
  private final Set<Integer> stuck = ConcurrentHashMap.newKeySet();

  VolumeChoice(Volumes volumes, List<AppendLane> lanes, Ticker ticker, long volumeBytes) {
    this.volumes = volumes;
    this.lanes = lanes;
    this.ticker = ticker;
    this.volumeBytes = volumeBytes;
  }

  /** The volume is damaged and never chosen again. */
  void leaveAlone(int volume) {
    stuck.add(volume);
  }

  /** The volume with the most garbage, one of too many small ones otherwise, or null. */
  Volume next(CompactionTerms terms) {
    long now = ticker.nanos();
    Volume worst = null;
    double worstShare = 0;
    Volume smallest = null;
    int small = 0;
    for (Volume v : volumes.list()) {
      long written = v.written();
      double share = share(v);
      // looked at even if it is of no use now, so that its pace is known when it is
      boolean fading = v.fading().look(now, v.live());
      if (v.appending() || v.doomed || v.openBodies().get() != 0 || stuck.contains(v.number())) {
        continue;
      }
      if (fading && terms.spareDying() && v.live() > 0) {
        continue;
      }
      if (share >= terms.deadShare() && share > worstShare && fits(v)) {
        worst = v;
        worstShare = share;
      }
      if (written < volumeBytes / SMALL_SHARE && fits(v)) {
        small++;
        smallest = smallest == null || written < smallest.written() ? v : smallest;
      }
    }
    return worst != null || small <= MAX_SMALL ? worst : smallest;
  }

  /** A move that met the end of the disk halfway would leave less room than there was. */
  private boolean fits(Volume v) {
    return v.live() == 0 || lanes.getFirst().fits(v.live());
  }

  /** Part of the volume that is garbage, as of the last checkpoint. */
  static double share(Volume v) {
    long written = Math.max(1, v.written());
    return v.live() == 0 ? 1 : (double) (written - v.live()) / written;
  }

  /** Whether a volume that is written is worth giving up under these terms. */
  boolean anyToRetire(CompactionTerms terms) {
    return terms.retire()
        && lanes.stream()
            .map(AppendLane::active)
            .anyMatch(v -> v != null && worthRetiring(v, v.written(), terms.deadShare()));
  }

  /** Whether of what was written so far enough is garbage to write the volume no longer. */
  boolean worthRetiring(Volume v, long written, double deadShare) {
    long garbage = written - v.live() - v.openBytes().get();
    return garbage >= volumeBytes / RETIRE_SHARE && garbage >= deadShare * written;
  }
}
