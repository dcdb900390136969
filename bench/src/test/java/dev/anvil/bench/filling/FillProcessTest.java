package dev.anvil.bench.filling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.peers.AnvilContender;
import dev.anvil.bench.side.Stage;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is filled into a stopped folder is what the same bytes become by a PUT. */
class FillProcessTest {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final int LARGE = Stage.KIB_4;
  private static final int COUNT = 1_500;

  @ParameterizedTest
  @ValueSource(strings = {"xodus", "rocksdb"})
  void filledObjectsAreAsThoseThatWerePut(String engine, @TempDir Path folder) throws IOException {
    try (AnvilContender server = new AnvilContender(folder, engine)) {
      server.start();
      Stage stage = new Stage(server, 7);
      stage.space(Stage.SMALL, LARGE);
      server.stop();
      assertThat(fill(server, 0, COUNT, LARGE)).isEqualTo(COUNT);
      // grows the same folder
      assertThat(fill(server, COUNT, 10, 16)).isEqualTo(10);
      server.start();
      for (long n : new long[] {0, COUNT - 1, COUNT, COUNT + 9}) {
        Answer filled = stage.expect(Request.of("GET", "/small/" + NumberedKeys.key(n)));
        assertThat(filled.body()).hasSize(n < COUNT ? LARGE : 16);
        byte[] body = filled.body();
        stage.expect(Request.of("PUT", "/small/put").with(body));
        Answer put = stage.expect(Request.of("GET", "/small/put"));
        assertThat(fields(filled)).isEqualTo(fields(put)).anyMatch(f -> f.contains("etag"));
        assertThat(body).isEqualTo(put.body());
      }
      stage.expect(Request.of("DELETE", "/small/put"));
      String page = stage.expect(Request.of("GET", "/small?list-type=2&delimiter=%2F")).text();
      assertThat(page).contains("<Prefix>d00/</Prefix>", "<KeyCount>100</KeyCount>");
      server.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "rocksdb")
  void givesUpBelowItsRate(String engine, @TempDir Path folder) throws IOException {
    try (AnvilContender server = new AnvilContender(folder, engine)) {
      server.start();
      new Stage(server, 7).space(Stage.SMALL, LARGE);
      server.stop();
      FillProcess.Filled filled =
          FillProcess.run(server.data(), engine, Stage.SMALL, 0, 100_000_000, 16, 1e9, BOUND);
      assertThat(filled.objects()).isBetween(1_000L, 99_000_000L);
    }
  }

  private static long fill(AnvilContender server, long first, long count, int bytes)
      throws IOException {
    return FillProcess.run(
            server.data(), server.engine(), Stage.SMALL, first, count, bytes, 0, BOUND)
        .objects();
  }

  /** Everything a client sees but what names the one answer. */
  private static List<String> fields(Answer answer) {
    return answer
        .head()
        .toLowerCase(java.util.Locale.ROOT)
        .lines()
        .filter(l ->
            !l.matches(
                "(date|last-modified|x-amz-request-id|x-amz-id-2|x-request-id|anvil-request-id):.*"))
        .sorted()
        .toList();
  }
}
