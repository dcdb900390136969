package dev.anvil.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The study measures every operation and leaves its report and nothing else. */
class ScaleStudyTest {
  @Test
  void aThousandObjects(@TempDir Path folder) throws IOException {
    ScaleOptions options =
        ScaleOptions.parse(
            new String[] {
              "--engines", "rocksdb",
              "--most", "1000",
              "--most-rocksdb", "1000",
              "--clients", "4",
              "--warm-up", "0",
              "--seconds", "0.2",
              "--least", "0",
              "--seed", "7",
              "--folder", folder.resolve("data").toString(),
              "--results", folder.resolve("results").toString()
            });
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    assertThat(ScaleStudy.run(options, out, out))
        .as(told.toString(StandardCharsets.UTF_8))
        .isTrue();
    String report = Files.readString(folder.resolve("results/scale.md"));
    for (String operation : ScaleRows.OPERATIONS) {
      assertThat(report).contains("| rocksdb 512m | 1,000 | " + operation + " | ");
    }
    assertThat(report).contains("| rocksdb | 4 | DELETE | ").doesNotContain("failed");
    assertThat(Files.readString(folder.resolve("results/scale.json")))
        .contains("\"operation\" : \"LIST page\"")
        .doesNotContain("\"failure\"");
    assertThat(Files.readString(folder.resolve("results/scale-objects.svg")))
        .contains(">LIST page<")
        .contains("<polyline")
        .doesNotContain("NaN");
    assertThat(folder.resolve("data")).isEmptyDirectory();
  }
}
