package dev.anvil.bench.side;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison runs without peers and leaves its report and nothing else. */
class SideBySideTest {
  @Test
  void runsWithoutPeers(@TempDir Path folder) throws IOException {
    String told = run(folder, "^LIST flat$");
    assertThat(told)
        .contains("| LIST flat | key | ")
        .contains("| after a quiet minute: journal, bytes an object | ");
    assertThat(Files.readString(folder.resolve("results/side-by-side.md")))
        .contains("Before each window its server rests");
    assertThat(Files.readString(folder.resolve("results/side-by-side.json")))
        .contains("\"row\" : \"LIST flat\"")
        .doesNotContain("\"failure\"");
    assertThat(folder.resolve("results/cpu.svg")).exists();
  }

  @Test
  @Tag("slow")
  void writesListsVersionsAndTracesSyncs(@TempDir Path folder) throws IOException {
    String told = run(folder, "^(PUT 4 KiB, 16|LIST versions|native LIST flat)$");
    assertThat(told)
        .contains("| PUT 4 KiB, 16 | request | ")
        .contains("| LIST versions | key | ")
        .contains("| native LIST flat | key | ");
    assertThat(Files.readString(folder.resolve("results/side-by-side.json")))
        .doesNotContain("\"failure\"");
  }

  @Test
  @Tag("slow")
  void startsAndListsWhatWasFilledWithoutHttp(@TempDir Path folder) throws IOException {
    assertThat(run(folder, "^million$")).contains("| LIST flat of 3,000 objects, CPU us a key | ");
  }

  private static String run(Path folder, String rows) throws IOException {
    Options options =
        Options.parse(
            new String[] {
              "--engines", "rocksdb",
              "--peers", "none",
              "--rows", rows,
              "--seconds", "0.2",
              "--warm-up", "1",
              "--rounds", "1",
              "--objects", "2000",
              "--quiet", "0",
              "--rest", "1",
              "--starts", "1",
              "--touch", "0",
              "--million", "3000",
              "--seed", "7",
              "--folder", folder.resolve("data").toString(),
              "--results", folder.resolve("results").toString()
            });
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    boolean done = SideBySide.run(options, out, out);
    assertThat(done).as(told.toString(StandardCharsets.UTF_8)).isTrue();
    assertThat(folder.resolve("data")).isEmptyDirectory();
    return told.toString(StandardCharsets.UTF_8);
  }
}
