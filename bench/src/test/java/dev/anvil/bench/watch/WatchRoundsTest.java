package dev.anvil.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watchers that come, go and crash under a server that is killed: every log is the journal. */
class WatchRoundsTest {
  private static final int KILLS = 3;

  @Tag("short")
  @TestFactory
  Stream<DynamicTest> twentySecondsAndThreeKills(@TempDir Path folder) {
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    WatchRounds rounds = WatchRounds.on("xodus", Duration.ofSeconds(20), KILLS, seed, folder);
    Stream<DynamicTest> lives =
        IntStream.rangeClosed(1, KILLS)
            .mapToObj(life -> dynamicTest("life " + life + " of seed " + seed, rounds::life));
    DynamicTest last = dynamicTest("the last life and the logs", () -> judge(rounds.lastLife()));
    return Stream.concat(lives, Stream.of(last)).onClose(rounds::close);
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
    judge(report);
  }

  private static void judge(WatchRounds.Report report) {
    assertThat(report.faults()).isEmpty();
    assertThat(report.acknowledged()).isGreaterThan(50);
    assertThat(report.connections()).isGreaterThan(100);
  }
}
