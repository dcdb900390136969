package dev.anvil.features.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * boto3 and the aws command line, as the script of all clients runs them. They come from the
 * registry of Python packages, into {@code target}; where that cannot be reached the test says so.
 */
class PythonClientsTest {
  private static final int INSTALL_SECONDS = 240;
  private static final int RUN_SECONDS = 900;
  private static final String CLIENTS = "boto3 aws-cli";

  @Test
  void boto3AndTheAwsCommandLineDoTheirWork(@TempDir Path folder) throws Exception {
    Path script = root().resolve("clients/run.py");
    Path tools = root().resolve("target/clients");
    Path log = folder.resolve("install.log");
    int installed = run(INSTALL_SECONDS, log, Map.of(), command(script, tools, "--install-only"));
    assumeTrue(
        installed == 0,
        () -> "python3 or its packages are not to be had here: " + text(log).strip());
    try (ClientNode node = new ClientNode(folder)) {
      Path out = folder.resolve("out.log");
      int code =
          run(
              RUN_SECONDS,
              out,
              Map.of(
                  "ANVIL_CLIENT_ID", node.clientId(), "ANVIL_CLIENT_SECRET", node.clientSecret()),
              command(
                  script,
                  tools,
                  "--quick",
                  "--files",
                  "100",
                  "--http",
                  node.endpoints().get(0).toString(),
                  "--https",
                  node.endpoints().get(1).toString(),
                  "--ca",
                  node.certificate().toString()));
      assertThat(code).as(text(out)).isZero();
      assertThat(text(out)).contains("boto3 https checksums: ok", "aws-cli https sync: ok");
    }
  }

  private static List<String> command(Path script, Path tools, String... more) {
    List<String> command =
        new ArrayList<>(List.of("python3", script.toString(), "--tools", tools.toString()));
    command.addAll(List.of(more));
    command.addAll(List.of(CLIENTS.split(" ")));
    return command;
  }

  private static int run(int seconds, Path log, Map<String, String> environment, List<String> words)
      throws InterruptedException {
    try {
      ProcessBuilder builder = new ProcessBuilder(words);
      builder.environment().putAll(environment);
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("after " + seconds + " s it still runs: " + text(log));
      }
      return process.exitValue();
    } catch (IOException e) {
      return -1;
    }
  }

  private static String text(Path log) {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The checkout, from wherever in it the tests run. */
  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.isDirectory(at.resolve("clients"))) {
      at = at.getParent();
    }
    assertThat(at).as("the folder of the clients").isNotNull();
    return at;
  }
}
