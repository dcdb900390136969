package dev.anvil.bench.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@code anvil restore}. */
final class RestoreProcess {
  private static final long BOUND_MINUTES = 20;

  private final Process process;
  private final Path log;

  private RestoreProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static RestoreProcess start(Path backups, Path secrets, Path data, String engine, Path log)
      throws IOException {
    List<String> words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.anvil.app.Main",
            "restore",
            "--from",
            backups.toString(),
            "--secrets",
            secrets.toString(),
            "--data",
            data.toString(),
            "--set",
            "STORAGE_ENGINE=" + engine);
    return new RestoreProcess(
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        log);
  }

  boolean alive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() throws IOException {
    process.destroyForcibly();
    end();
  }

  private int end() throws IOException {
    try {
      if (!process.waitFor(BOUND_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("the restore does not end: " + Files.readString(log));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Waits for its good end. */
  void waitForEnd() throws IOException {
    int code = end();
    if (code != 0) {
      throw new IOException("the restore ended with " + code + ": " + Files.readString(log));
    }
  }
}
