package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A volume fades when it would be dead within a minute or so by itself. */
@Tag("fast")
class FadingTest {
  private static final long LOOK = VolumeLimits.FADING_LOOK_NANOS;
  private static final long LIVE = 1_000_000;

  private final Fading fading = new Fading();
  private long now;

  private boolean after(long nanos, long live) {
    now += nanos;
    return fading.look(now, live);
  }

  @Test
  void whatIsSeenForTheFirstTimeRests() {
    assertThat(after(0, LIVE)).isFalse();
    assertThat(after(LOOK, LIVE)).isFalse();
    assertThat(after(LOOK, 2 * LIVE)).as("it grew").isFalse();
  }

  @Test
  void thePaceOfDeathDecides() {
    long fast = LIVE * VolumeLimits.FADING_LOOKS / (VolumeLimits.FADING_LOOKS + 1);
    assertThat(after(0, LIVE)).isFalse();
    assertThat(after(LOOK / 2, fast + 1)).isFalse();
    assertThat(after(LOOK / 4, fast)).isTrue();
  }

  @Test
  void itRestsOnceALookPassedInWhichLittleDied() {
    after(0, LIVE);
    assertThat(after(1, LIVE / 2)).isTrue();
    assertThat(after(LOOK, LIVE / 2)).isTrue();
    assertThat(after(LOOK - 1, LIVE / 2 - 1)).as("the look before is not over").isTrue();
    assertThat(after(1, LIVE / 2 - 1)).isTrue();
    assertThat(after(1, LIVE / 2 - 1)).isFalse();
  }

  @Test
  void whatIsMovedDidNotDie() {
    after(0, LIVE);
    fading.moved(LIVE / 2);
    assertThat(after(1, LIVE / 2)).isFalse();
    assertThat(after(1, LIVE / 4)).isTrue();
  }
}
