package dev.anvil.bench.peers;

import dev.anvil.bench.process.FreePorts;
import dev.anvil.bench.process.ProcSample;
import dev.anvil.bench.process.ProcessTree;
import dev.anvil.bench.process.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A peer as its own process. */
public final class PeerContender implements Contender {
  private static final long STOP_SECONDS = 30;
  private static final int SAID = 1_000;

  private final Recipe recipe;
  private final Path binary;
  private final String version;
  private final Path folder;
  private final Recipe.Credentials credentials;
  private final int[] ports;
  private Process process;
  private boolean prepared;

  PeerContender(
      Recipe recipe, Path binary, String version, Path folder, Recipe.Credentials credentials)
      throws IOException {
    this.recipe = recipe;
    this.binary = binary;
    this.version = version;
    this.folder = folder.resolve(recipe.name());
    this.credentials = credentials;
    this.ports = FreePorts.of(recipe.ports());
    Files.createDirectories(data());
  }

  @Override
  public String name() {
    return recipe.name();
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String settings() {
    return recipe.settings();
  }

  @Override
  public Path data() {
    return folder.resolve("data");
  }

  @Override
  public boolean versions() {
    return recipe.versions();
  }

  @Override
  public Duration start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(recipe.words(binary, folder, ports, credentials))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()));
    builder.environment().putAll(recipe.environment(credentials));
    long began = System.nanoTime();
    process = builder.start();
    if (!prepared) {
      recipe.prepare(binary, folder, credentials);
      prepared = true;
    }
    try {
      Readiness.await(endpoint(), accessKey(), secret(), process::isAlive);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; it said: " + said(), e);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private String said() throws IOException {
    String text = Files.readString(folder.resolve("server.log"), StandardCharsets.ISO_8859_1);
    return text.substring(Math.max(0, text.length() - SAID)).strip();
  }

  @Override
  public void stop() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(name() + " did not stop within " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + name() + " stopped", e);
    }
  }

  @Override
  public void forget() throws IOException {
    stop();
    prepared = false;
    Shell.run(List.of("rm", "-rf", data().toString()));
    Files.createDirectories(data());
  }

  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + ports[0]);
  }

  @Override
  public String accessKey() {
    return credentials.accessKey();
  }

  @Override
  public String secret() {
    return credentials.secret();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public ProcSample sample() throws IOException {
    return ProcessTree.of(process.pid());
  }

  @Override
  public Map<String, Double> counters() {
    return Map.of();
  }

  @Override
  public void close() throws IOException {
    if (process == null) {
      return;
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    // what still writes would have its folder back while it is deleted
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(name() + " was killed and is still there");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + name() + " ended", e);
    }
  }
}
