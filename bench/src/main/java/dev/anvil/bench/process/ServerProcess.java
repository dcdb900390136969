package dev.anvil.bench.process;

import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One running server. Closing it kills what is left of it. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("ready public=(\\S+) management=(\\S+) data=(.*)");
  private static final Duration START_BOUND = Duration.ofSeconds(300);
  private static final Duration WIRE_BOUND = Duration.ofSeconds(30);

  private final Process process;
  private final Path data;
  private final Path errors;
  private final URI publicUrl;
  private final URI managementUrl;
  private final long readyNanos;

  private ServerProcess(Process process, Path data, Path errors, Matcher ready, long readyNanos) {
    this.process = process;
    this.data = data;
    this.errors = errors;
    this.publicUrl = URI.create(ready.group(1));
    this.managementUrl = URI.create(ready.group(2));
    this.readyNanos = readyNanos;
  }

  /**
   * Starts a server and waits for its ready line.
   *
   * @param errors where its standard error goes
   * @throws IOException if it ends or stays silent instead; the message holds the end of its errors
   */
  public static ServerProcess start(ServerCommand command, Path errors) throws IOException {
    Files.createDirectories(errors.toAbsolutePath().getParent());
    long began = System.nanoTime();
    ProcessBuilder builder =
        new ProcessBuilder(command.words())
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    // as the launcher has it
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    Process process = builder.start();
    CompletableFuture<Matcher> ready = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("server-output").start(() -> follow(process, ready));
    try {
      Matcher line = ready.get(START_BOUND.toMillis(), TimeUnit.MILLISECONDS);
      return new ServerProcess(process, command.data(), errors, line, System.nanoTime() - began);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a server started", e);
    } catch (ExecutionException | TimeoutException e) {
      String why =
          e instanceof TimeoutException
              ? "it was silent for " + START_BOUND.toSeconds() + " s"
              : e.getCause().getMessage() + ended(process);
      process.destroyForcibly();
      throw new IOException(
          "the server did not get ready, " + why + "; it said: " + tail(errors), e);
    }
  }

  /** Its exit code, where it has one soon: 137 is a kill. */
  private static String ended(Process process) {
    try {
      return process.waitFor(1, TimeUnit.SECONDS)
          ? ", exit code " + process.exitValue()
          : ", and it runs";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static void follow(Process process, CompletableFuture<Matcher> ready) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = READY.matcher(line);
        if (matcher.matches()) {
          ready.complete(matcher);
        }
      }
      ready.completeExceptionally(new IOException("its output ended without a ready line"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  /** How a start ended that was expected to fail. */
  public record Refusal(int exitCode, String errors) {}

  /** Starts a server that must not come up, and returns how it ended. */
  public static Refusal startRefused(ServerCommand command, Path errors) throws IOException {
    Process process =
        new ProcessBuilder(command.words())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    try {
      if (!process.waitFor(START_BOUND.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("the server kept running; it said: " + tail(errors));
      }
      return new Refusal(process.exitValue(), Files.readString(errors));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a server was refused", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String tail(Path file) throws IOException {
    String text = Files.readString(file);
    return text.substring(Math.max(0, text.length() - 4000));
  }

  /** Base URL of the public listener. */
  public URI publicUrl() {
    return publicUrl;
  }

  /** Base URL of the management listener. */
  public URI managementUrl() {
    return managementUrl;
  }

  /** The storage path. */
  public Path data() {
    return data;
  }

  /** From the start of the process to its ready line. */
  public Duration timeToReady() {
    return Duration.ofNanos(readyNanos);
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process has not ended. */
  public boolean alive() {
    return process.isAlive();
  }

  /** CPU time and memory now. */
  public ProcSample sample() throws IOException {
    return ProcSample.of(pid());
  }

  /** What it wrote to standard error so far. */
  public String errors() throws IOException {
    return Files.readString(errors);
  }

  /** Its metrics now. */
  public MetricsPage metrics() throws IOException {
    try (RawHttp http = new RawHttp(managementUrl, WIRE_BOUND)) {
      return MetricsPage.parse(http.send(Request.of("GET", "/metrics")).text());
    }
  }

  /** Ends it at once, as a crash would (SIGKILL), and waits until it is gone. */
  public void kill() throws IOException {
    process.destroyForcibly();
    await();
  }

  /** Asks it to stop (SIGTERM) and returns its exit code. */
  public int terminate() throws IOException {
    process.destroy();
    return await();
  }

  /** Freezes it (SIGSTOP): the best model of a long pause. */
  public void pause() throws IOException {
    signal("STOP");
  }

  /** Lets it go on (SIGCONT). */
  public void resume() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    Shell.run(List.of("kill", "-" + name, Long.toString(pid())));
  }

  private int await() throws IOException {
    try {
      if (!process.waitFor(START_BOUND.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("process " + pid() + " did not end within " + START_BOUND);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a server stopped", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (process.isAlive()) {
      kill();
    }
  }
}
