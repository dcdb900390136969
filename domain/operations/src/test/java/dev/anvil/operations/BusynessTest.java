package dev.anvil.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.testkit.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node is busy by the rate of what it did since the last look. */
@Tag("fast")
class BusynessTest {
  private final ManualTicker ticker = new ManualTicker();
  private long work = 1_000_000;
  private final Busyness busyness = new Busyness(() -> work, ticker);

  private boolean after(Duration time, long done) {
    ticker.advance(time);
    work += done;
    return busyness.look();
  }

  @Test
  void whatWasDoneBeforeIsNoWork() {
    assertThat(after(Duration.ofSeconds(1), 0)).isFalse();
  }

  @Test
  void theRateDecides() {
    long rate = Busyness.BUSY_A_SECOND;
    assertThat(after(Duration.ofSeconds(1), rate - 1)).isFalse();
    assertThat(after(Duration.ofSeconds(1), rate)).isTrue();
    assertThat(after(Duration.ofSeconds(4), 4 * rate - 1)).isFalse();
    assertThat(after(Busyness.LOOK, rate)).isTrue();
    assertThat(after(Busyness.LOOK, 0)).isFalse();
  }

  @Test
  void manyLooksInAShortTimeDoNotHideTheRate() {
    assertThat(after(Duration.ofSeconds(1), Busyness.BUSY_A_SECOND)).isTrue();
    Duration part = Busyness.LOOK.dividedBy(10);
    for (int i = 1; i < 10; i++) {
      assertThat(after(part, 0)).as("too soon to tell, look %d", i).isTrue();
    }
    assertThat(after(part, Busyness.BUSY_A_SECOND)).as("all of it counts").isTrue();
    ticker.advance(Busyness.LOOK);
    assertThat(busyness.look()).isFalse();
  }
}
