package dev.anvil.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that a signal ends leaves neither data nor processes, and blames no server. */
@Tag("fast")
class RunFolderTest {
  private static final int SIGTERM = 143;

  @Test
  void aSignalEndsServersAndIsNoFailureOfTheirs(@TempDir Path below)
      throws IOException, InterruptedException {
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                below.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = run.inputReader(StandardCharsets.UTF_8)) {
      long server = Long.parseLong(lines.readLine());
      // its streams stay open, which those of an ended Process do not
      run.toHandle().destroy();
      List<String> told = lines.lines().toList();
      assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isEqualTo(SIGTERM);
      assertThat(told).singleElement().asString().contains("a signal ended the run");
      assertThat(ProcessHandle.of(server)).isEmpty();
      assertThat(below).isEmptyDirectory();
    } finally {
      run.destroyForcibly();
    }
  }

  @Test
  void closingDeletesAllOfIt(@TempDir Path below) throws IOException {
    try (RunFolder run = RunFolder.make(below, "run")) {
      Files.writeString(run.path().resolve("data"), "x");
      assertThat(run.<Integer>unlessEnded(() -> 7)).isEqualTo(7);
      run.check();
    }
    assertThat(below).isEmptyDirectory();
  }

  /** As the programs do: a server fails, which would be noted. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      try (RunFolder run = RunFolder.make(Path.of(args[0]), "run")) {
        Files.writeString(run.path().resolve("data"), "x");
        Process server = new ProcessBuilder("sleep", "60").start();
        System.out.println(server.pid());
        server.waitFor();
        run.check();
        System.out.println("the server failed");
      } catch (RunFolder.Ended e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
