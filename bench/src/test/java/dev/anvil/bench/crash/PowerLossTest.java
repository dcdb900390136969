package dev.anvil.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.process.LoopDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The power of the disk fails amid work: the same as after kill -9. */
@Tag("slow")
class PowerLossTest {
  private static final int ROUNDS = 5;

  @ParameterizedTest
  @ValueSource(strings = {"xodus", "rocksdb"})
  void acknowledgedChangesSurvive(String engine, @TempDir Path folder) throws IOException {
    String unavailable = LoopDisk.unavailable(folder);
    Assumptions.assumeTrue(unavailable == null, "NOT RUN: " + unavailable);
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    CrashRun.Report report = PowerLoss.run(engine, ROUNDS, seed, folder);
    assertThat(report.faults()).as("seed %d", seed).isEmpty();
    assertThat(report.acknowledged()).isGreaterThan(100L * ROUNDS);
  }
}
