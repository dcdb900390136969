package dev.anvil.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.operations.CompactionPace.Sight;
import dev.anvil.ports.bodies.CompactionTerms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How eagerly space is given back, for every kind of time. */
@Tag("fast")
class CompactionPaceTest {
  private static final long GIB = 1L << 30;
  private static final long ROOM = 1_000 * GIB;

  private static CompactionPace pace(boolean busy, boolean quiet, long live, long garbage) {
    return CompactionPace.of(new Sight(busy, quiet, live, garbage, ROOM));
  }

  private static CompactionPace full(double share, boolean spareDying) {
    return new CompactionPace(
        new CompactionTerms(share, CompactionPace.STEP_BYTES, spareDying, true), true);
  }

  private static final CompactionPace BACK =
      new CompactionPace(
          new CompactionTerms(
              CompactionPace.DEAD_SHARE, CompactionPace.BUSY_STEP_BYTES, true, false),
          false);

  @Test
  void anIdleNodeGoesAtFullPace() {
    assertThat(pace(false, false, GIB, GIB / 2)).isEqualTo(full(CompactionPace.DEAD_SHARE, true));
    assertThat(pace(false, true, GIB, GIB / 2))
        .isEqualTo(full(CompactionPace.QUIET_DEAD_SHARE, true));
  }

  @Test
  void aBusyNodeStandsBackEvenIfNobodyWrites() {
    assertThat(pace(true, false, GIB, GIB)).isEqualTo(BACK);
    assertThat(pace(true, true, GIB, GIB)).isEqualTo(BACK);
    assertThat(BACK.terms().maxBytes()).isLessThan(CompactionPace.STEP_BYTES);
  }

  @Test
  void garbageBeyondTheBoundGoesAtFullPaceWhateverDies() {
    CompactionPace pressed = full(CompactionPace.DEAD_SHARE, false);
    long allowed = CompactionPace.GARBAGE_ALLOWED;
    assertThat(pace(true, false, 0, allowed)).isEqualTo(BACK);
    assertThat(pace(true, false, 0, allowed + 1)).isEqualTo(pressed);
    assertThat(pace(true, true, 0, allowed + 1)).isEqualTo(pressed);
    assertThat(pace(true, false, 9 * GIB, 9 * GIB)).isEqualTo(BACK);
    assertThat(pace(true, false, 9 * GIB, 9 * GIB + 1)).isEqualTo(pressed);
  }

  @Test
  void aDiskWithLittleRoomPressesEarlier() {
    Sight roomy = new Sight(true, false, 9 * GIB, GIB, 2 * GIB);
    Sight tight = new Sight(true, false, 9 * GIB, GIB, 2 * GIB - 2);
    Sight none = new Sight(true, false, 9 * GIB, 1, 0);
    assertThat(CompactionPace.of(roomy)).isEqualTo(BACK);
    assertThat(CompactionPace.of(tight)).isEqualTo(full(CompactionPace.DEAD_SHARE, false));
    assertThat(CompactionPace.of(none)).isEqualTo(full(CompactionPace.DEAD_SHARE, false));
  }

  @Test
  void whatIsPressedIsAlwaysToBeFound() {
    // garbage beyond the bound is more than half of all volumes, so one of them is half garbage
    for (long live : new long[] {0, GIB / 2, GIB, 50 * GIB}) {
      long garbage = CompactionPace.garbageBound(live, ROOM) + 1;
      assertThat((double) garbage / (live + garbage)).isGreaterThan(CompactionPace.DEAD_SHARE);
    }
  }
}
