package dev.anvil.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.app.node.Node;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node below a folder, and one process in that folder that runs the lines typed. */
final class TypedShell implements AutoCloseable {
  private final Path errors;
  private final Node node;
  private final Process shell;
  private final PrintWriter to;
  private final BufferedReader from;

  /** What a line said, and its exit code. */
  record Ran(String line, String said, int code) {}

  TypedShell(Path folder) throws IOException {
    errors = folder.resolve("stderr.txt");
    Settings settings =
        Settings.of(
            new SettingsSources()
                .set("STORAGE_PATH", folder.resolve("anvil-data").toString(), "test")
                .set("PARTITIONS", "2", "test")
                .set("API_LISTEN_ADDR", "127.0.0.1:0", "test")
                .set("MANAGEMENT_LISTEN_ADDR", "127.0.0.1:0", "test"));
    node = Node.start(settings, StorageBackend.of(settings));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            ShellLines.class.getName());
    builder.environment().put("XDG_CONFIG_HOME", folder.toString());
    List.of("ENDPOINT", "CLIENT_ID", "CLIENT_SECRET", "PROFILE")
        .forEach(name -> builder.environment().remove("ANVIL_" + name));
    shell = builder.directory(folder.toFile()).redirectError(errors.toFile()).start();
    to = new PrintWriter(shell.outputWriter(StandardCharsets.UTF_8), true);
    from = shell.inputReader(StandardCharsets.UTF_8);
  }

  Node node() {
    return node;
  }

  /** Types a line and waits for nothing. */
  void type(String line) {
    to.println(line);
  }

  /** The next line that has ended, whichever it is. */
  Ran next() throws IOException {
    StringBuilder said = new StringBuilder();
    String line = from.readLine();
    assertThat(line).as(Files.readString(errors)).startsWith("$ ");
    for (String s = from.readLine(); s != null; s = from.readLine()) {
      if (s.startsWith(ShellLines.EXIT)) {
        int code = Integer.parseInt(s.substring(ShellLines.EXIT.length()));
        return new Ran(line.substring(2), said.toString(), code);
      }
      said.append(s).append('\n');
    }
    throw new AssertionError("no exit code of " + line);
  }

  /** Types a line and waits until one ends. */
  Ran run(String line) throws IOException {
    type(line);
    return next();
  }

  /** Ends the process, which ends by itself when nothing more is typed, and the node. */
  @Override
  public void close() {
    try (node) {
      to.close();
      shell.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    } finally {
      shell.destroyForcibly();
    }
  }
}
