package dev.anvil.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.process.ServerCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load program runs through, with no request that failed; its figures are no gate. */
class NativeLoadTest {
  @Test
  void printsARowForEveryOperation(@TempDir Path folder) throws IOException {
    ServerCommand command = ServerCommand.on(folder.resolve("data"), "xodus");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Pace pace = new Pace(Duration.ofMillis(200), Duration.ofMillis(400));
    new NativeLoad(
            command,
            folder.resolve("server.log"),
            pace,
            new PrintStream(out, true, StandardCharsets.UTF_8))
        .run();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("| PUT c=1 |", "| PUT c=64 |", "| GET c=16 |", "| HEAD c=16 |", "| DELETE c=16 |")
        .contains("keys/s", "ready on the full folder");
  }

  @Test
  void growthIsMeasured(@TempDir Path folder) throws IOException {
    assertThat(growth(folder, 100)).contains("100 objects", "| LIST page, c=1 |");
  }

  @Test
  @Tag("slow")
  void growthIsMeasuredAtEachCount(@TempDir Path folder) throws IOException {
    assertThat(growth(folder, 100, 1000)).contains("100 objects", "1,000 objects");
  }

  private static String growth(Path folder, long... counts) throws IOException {
    ServerCommand command = ServerCommand.on(folder.resolve("data"), "xodus");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Pace pace = new Pace(Duration.ofMillis(200), Duration.ofMillis(300));
    GrowthCurve.run(
        command,
        folder.resolve("server.log"),
        pace,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        counts);
    return out.toString(StandardCharsets.UTF_8);
  }
}
