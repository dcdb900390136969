package dev.anvil.app.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.testkit.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the access log wait for one another, and none is lost. */
@Tag("fast")
class LogStreamsTest {
  @TempDir Path folder;

  private List<String> written() {
    try {
      return Files.readAllLines(folder.resolve("access.log"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLineIsWrittenSoonThoughNoOtherFollows() {
    try (LogStreams streams = LogStreams.open(folder)) {
      for (int i = 1; i <= 3; i++) {
        streams.access("{\"line\":" + i + "}");
        int lines = i;
        Waiting.until("the line is written", () -> written().size() == lines);
      }
    }
  }

  @Test
  void whoLooksFindsALineAtOnce() {
    try (LogStreams streams = LogStreams.open(folder)) {
      LogSearch search = streams.search();
      for (int i = 0; i < 50; i++) {
        streams.access("{\"requestId\":\"r" + i + "\"}");
        assertThat(search.of("r" + i)).hasSize(1);
      }
    }
  }

  @Test
  void openingSaysNothingOnTheStandardOutput() {
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try (LogStreams streams = LogStreams.open(folder)) {
      streams.access("{}");
    } finally {
      System.setOut(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("LOGBACK");
  }

  @Test
  void anEndWritesWhatWaits() {
    int lines = 5_000;
    try (LogStreams streams = LogStreams.open(folder)) {
      for (int i = 0; i < lines; i++) {
        streams.access("{\"line\":" + i + "}");
      }
    }
    assertThat(written()).hasSize(lines).last().isEqualTo("{\"line\":" + (lines - 1) + "}");
  }
}
