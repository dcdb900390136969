package dev.anvil.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 amid work: nothing acknowledged is lost, nothing half is seen. */
class KillRoundsTest {
  private static final int SHORT = 3;
  private static final int LONG = 20;

  @Test
  void threeRounds(@TempDir Path folder) throws IOException {
    run("xodus", SHORT, folder);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"xodus", "rocksdb"})
  void twentyRounds(String engine, @TempDir Path folder) throws IOException {
    run(engine, LONG, folder);
  }

  private static void run(String engine, int rounds, Path folder) throws IOException {
    long seed = Long.getLong("anvil.seed", System.nanoTime());
    CrashRun.Report report = KillRounds.run(engine, rounds, seed, folder);
    assertThat(report.faults()).as("seed %d", seed).isEmpty();
    assertThat(report.rounds()).isEqualTo(rounds);
    assertThat(report.acknowledged()).isGreaterThan(100L * rounds);
  }
}
