package dev.anvil.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 amid work: nothing acknowledged is lost, nothing half is seen. */
class KillRoundsTest {
  private static final int SHORT = 3;
  private static final int LONG = 20;

  @Tag("short")
  @TestFactory
  Stream<DynamicTest> threeRounds(@TempDir Path folder) {
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    CrashRun run = KillRounds.on("xodus", folder);
    return IntStream.rangeClosed(1, SHORT)
        .mapToObj(round ->
            dynamicTest(
                "round " + round,
                () -> {
                  assertThat(run.round(round, seed)).as("seed %d", seed).isEmpty();
                  assertThat(run.acknowledged()).isGreaterThan(100L * round);
                }));
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"xodus", "rocksdb"})
  void twentyRounds(String engine, @TempDir Path folder) throws IOException {
    run(engine, LONG, folder);
  }

  /**
   * The judge is no yes-man: a server that comes back with the state of the round before is found.
   */
  @TestFactory
  Stream<DynamicTest> aRoundThatIsLostIsFound(@TempDir Path folder) {
    Path data = folder.resolve("data");
    Path copy = folder.resolve("copy");
    CrashRun.Crash crash =
        server -> {
          server.kill();
          boolean second = Files.exists(copy);
          if (second) {
            Shell.run(List.of("rm", "-r", data.toString()));
          }
          Path from = second ? copy : data;
          Shell.run(List.of("cp", "-r", from.toString(), (second ? data : copy).toString()));
        };
    ServerCommand command = ServerCommand.on(data, "xodus");
    CrashRun run = new CrashRun(command, folder.resolve("server.log"), crash, 4, System.out);
    return Stream.of(
        dynamicTest("a round that stands", () -> assertThat(run.round(1, 7)).isEmpty()),
        dynamicTest("one that is lost", () -> assertThat(run.round(2, 7)).isNotEmpty()));
  }

  private static void run(String engine, int rounds, Path folder) throws IOException {
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    CrashRun.Report report = KillRounds.run(engine, rounds, seed, folder);
    assertThat(report.faults()).as("seed %d", seed).isEmpty();
    assertThat(report.rounds()).isEqualTo(rounds);
    assertThat(report.acknowledged()).isGreaterThan(100L * rounds);
  }
}
