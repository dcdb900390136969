package dev.anvil.features.steps;

import dev.anvil.app.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a process of its own, which can be killed. */
final class ProcessNode implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready public=(\\S+) management=(\\S+) .*");
  private static final long END_SECONDS = 60;

  private final Process process;
  private final Path data;
  private final URI publicUrl;
  private final URI managementUrl;

  /** Starts on the folder and engine of the settings and waits until it is ready. */
  ProcessNode(Settings settings) {
    data = settings.storagePath();
    try {
      Path log = Files.createDirectories(data.getParent()).resolve("server.log");
      process =
          new ProcessBuilder(words(settings))
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      Matcher ready = ready(log);
      publicUrl = URI.create(ready.group(1));
      managementUrl = URI.create(ready.group(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words(Settings settings) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.anvil.app.Main",
        "server",
        "--data",
        settings.storagePath().toString(),
        "--listen",
        "127.0.0.1:0",
        "--management",
        "127.0.0.1:0",
        "--set",
        "STORAGE_ENGINE=" + settings.engine(),
        "--set",
        "PARTITIONS=" + settings.partitions(),
        "--set",
        "BACKUP_TARGET=" + settings.backup().folder().orElseThrow());
  }

  private Matcher ready(Path log) throws IOException {
    // stays open: a process whose output is not taken may stand still
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        return ready;
      }
    }
    throw new AssertionError("the server ended before it was ready: " + Files.readString(log));
  }

  URI publicUrl() {
    return publicUrl;
  }

  URI managementUrl() {
    return managementUrl;
  }

  String adminCredential() {
    try {
      return Files.readString(data.resolve("secrets/admin-credential")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a crash would, with no chance to do anything more. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the server lives on after it was killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
