package dev.anvil.bench.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A window waits for its server, and not for ever. */
@Tag("fast")
class RestTest {
  private static final Offset<Double> EXACT = within(1e-6);
  private static final double LOOK = Rest.LOOK.toMillis() / 1e3;

  private static final Duration MOST = Duration.ofSeconds(10);

  private long nanos;
  private double micros;

  /** Part of a core that the server takes until then, and after. */
  private double busy = 0.5;

  private double still = Rest.STILL * 0.9;
  private long until;

  private final Rest rest =
      new Rest(
          MOST,
          () -> nanos,
          time -> {
            long before = Math.clamp(until - nanos, 0, time.toNanos());
            micros += (before * busy + (time.toNanos() - before) * still) / 1e3;
            nanos += time.toNanos();
          });

  private Rest.Waited await() throws IOException {
    rest.await("anvil", () -> (long) micros);
    return rest.waited().get("anvil");
  }

  private void busyFor(long seconds) {
    until = nanos + TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void whoRestsIsLookedAtOnce() throws IOException {
    assertThat(await()).isEqualTo(new Rest.Waited(LOOK, LOOK, 0, 0));
  }

  @Test
  void whoIsBusyIsWaitedFor() throws IOException {
    await();
    busyFor(3);
    Rest.Waited waited = await();
    assertThat(waited.most()).isCloseTo(3 + LOOK, EXACT);
    assertThat(waited.median()).isCloseTo((3 + LOOK + LOOK) / 2, EXACT);
    assertThat(waited.spent()).isCloseTo(3, EXACT);
    assertThat(waited.unrested()).isZero();
  }

  @Test
  void aServerThatNeverRestsIsWaitedForWithinTheBounds() throws IOException {
    still = Rest.STILL;
    Rest.Waited waited = await();
    assertThat(waited.most()).isCloseTo(MOST.toSeconds(), EXACT);
    assertThat(waited.unrested()).isEqualTo(1);
    for (int i = 0; i < 20; i++) {
      waited = await();
    }
    assertThat(waited.spent()).isCloseTo(Rest.IN_ALL.toSeconds(), EXACT);
    assertThat(waited.median()).as("one look once the time is spent").isCloseTo(LOOK, EXACT);
    rest.await("minio", () -> 0);
    assertThat(rest.waited().get("minio").unrested()).as("others have their own time").isZero();
  }
}
