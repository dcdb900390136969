package dev.anvil.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watchers that come, go and crash under a server that is killed: every log is the journal. */
class WatchRoundsTest {
  @Test
  void twentySecondsAndThreeKills(@TempDir Path folder) throws IOException {
    run("xodus", Duration.ofSeconds(20), 3, folder);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"xodus", "rocksdb"})
  void twoMinutesAndTenKills(String engine, @TempDir Path folder) throws IOException {
    run(engine, Duration.ofMinutes(2), 10, folder);
  }

  private static void run(String engine, Duration length, int kills, Path folder)
      throws IOException {
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    WatchRounds.Report report = WatchRounds.run(engine, length, kills, seed, folder);
    assertThat(report.faults()).as("seed %d", seed).isEmpty();
    assertThat(report.acknowledged()).isGreaterThan(50);
    assertThat(report.connections()).isGreaterThan(100);
  }
}
