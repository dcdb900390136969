package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Six bodies of 64 MiB through a process whose heap and direct memory hold one each. */
class LargeBodiesTest {
  private static final int SECONDS = 120;

  @Test
  void memoryDoesNotFollowTheBodies() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:MaxDirectMemorySize=64m",
                    "-XX:+UseSerialGC",
                    // the client in there: its own HTTP/2 windows are larger than this heap
                    "-Djdk.httpclient.windowsize=262144",
                    "-Djdk.httpclient.connectionWindowSize=1048576",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LargeBodies.class.getName()))
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(said).endsWith("moved " + 2 * LargeBodies.AT_ONCE * LargeBodies.SIZE + "\n");
    } finally {
      process.destroyForcibly();
    }
  }
}
