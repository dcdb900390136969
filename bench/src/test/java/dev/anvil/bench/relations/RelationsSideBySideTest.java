package dev.anvil.bench.relations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RelationsSideBySideTest {
  @TempDir private Path folder;

  @Test
  void aSmallRunOfOursHasFiguresInEveryRow() throws IOException {
    Path data = folder.resolve("data");
    Options options =
        Options.parse(
            new String[] {
              "--engines",
              "xodus",
              "--peers",
              "none",
              "--scale",
              "0.02",
              "--seconds",
              "0.2",
              "--warm-up",
              "0",
              "--rounds",
              "1",
              "--seed",
              "1",
              "--folder",
              data.toString(),
              "--results",
              folder.resolve("results").toString()
            });
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    assertThat(RelationsSideBySide.run(options, out, out))
        .withFailMessage(() -> said.toString(StandardCharsets.UTF_8))
        .isTrue();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("300 questions")
        .contains(Row.WRITES)
        .doesNotContain("failed")
        .doesNotContain("left out");
    assertThat(folder.resolve("results/authz.md")).exists();
    assertThat(data).as("data that were left").isEmptyDirectory();
  }
}
