package dev.anvil.bench.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 64 clients, few keys, one winner each. */
class RaceTest {
  private static final int THREADS = 64;
  private static final int KEYS = 3;
  private static final int HEATS = 12;

  @ParameterizedTest
  @ValueSource(strings = {"xodus", "rocksdb"})
  void everyStateHasOneSuccessor(String engine, @TempDir Path folder) throws IOException {
    ServerCommand command = ServerCommand.on(folder.resolve("data"), engine);
    try (ServerProcess server = ServerProcess.start(command, folder.resolve("server.log"))) {
      Race race = new Race(server, Deployment.create(server, "race"), THREADS);
      assertThat(race.run(KEYS, HEATS)).isEmpty();
      assertThat(race.records()).hasSize(KEYS);
      int each = THREADS * (2 * HEATS - 1);
      assertThat(race.records()).allSatisfy((_, record) -> assertThat(record).hasSize(each));
    }
  }
}
