package dev.anvil.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand idle watches: what they cost is counted, and one write reaches them all. */
@Tag("slow")
class WatchFanOutTest {
  @Test
  void aThousandWatches(@TempDir Path folder) throws IOException, InterruptedException {
    WatchFanOut.Figures figures = WatchFanOut.run("xodus", 1_000, 50, folder, System.out);
    assertThat(figures.eventWakeups()).isZero();
    assertThat(figures.readsEach()).isLessThanOrEqualTo(1);
    assertThat(figures.bytesEach()).isLessThan(200 << 10);
  }
}
