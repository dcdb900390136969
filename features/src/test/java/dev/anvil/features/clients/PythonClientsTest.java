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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * boto3 and the aws command line, as the script of all clients runs them. They come from the
 * registry of Python packages, into {@code target}; where that cannot be reached the test says so.
 */
class PythonClientsTest {
  private static final int INSTALL_SECONDS = 240;
  private static final int RUN_SECONDS = 900;

  /** Every check; each start of the command line takes a second, so its checks are split. */
  private static final String ALL =
      "batch delete,bucket,checksums,copy,keys,multipart,presigned get,presigned put,range,small,"
          + "sync,versions";

  private static final List<String> CLIENTS = List.of("boto3", "aws-cli");

  @TempDir private static Path folder;

  private static ClientNode node;

  @BeforeAll
  static void install() throws Exception {
    Path log = folder.resolve("install.log");
    List<String> command = command("--install-only");
    command.addAll(CLIENTS);
    assumeTrue(
        run(INSTALL_SECONDS, log, Map.of(), command) == 0,
        () -> "python3 or its packages are not to be had here: " + text(log).strip());
    node = new ClientNode(folder);
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "boto3 | http | " + ALL,
        "boto3 | https | " + ALL,
        "aws-cli | http | batch delete,bucket,copy,keys",
        "aws-cli | http | presigned get,range,small,versions",
        "aws-cli | http | checksums,multipart,sync",
        "aws-cli | https | batch delete,bucket,copy,keys",
        "aws-cli | https | presigned get,range,small,versions",
        "aws-cli | https | checksums,multipart,sync"
      })
  void doTheirWork(String client, String scheme, String checks) throws Exception {
    boolean tls = scheme.equals("https");
    List<String> command = command("--quick", "--files", "100", "--checks", checks);
    command.addAll(List.of("--" + scheme, node.endpoints().get(tls ? 1 : 0).toString()));
    command.addAll(List.of("--ca", node.certificate().toString(), client));
    Path out = folder.resolve(client + scheme + checks.length() + ".log");
    Map<String, String> credentials =
        Map.of("ANVIL_CLIENT_ID", node.clientId(), "ANVIL_CLIENT_SECRET", node.clientSecret());
    int code = run(RUN_SECONDS, out, credentials, command);
    assertThat(code).as(text(out)).isZero();
    for (String check : checks.split(",")) {
      assertThat(text(out)).contains(client + " " + scheme + " " + check + ": ok");
    }
  }

  private static List<String> command(String... more) {
    Path script = root().resolve("clients/run.py");
    Path tools = root().resolve("target/clients");
    List<String> command =
        new ArrayList<>(List.of("python3", script.toString(), "--tools", tools.toString()));
    command.addAll(List.of(more));
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
