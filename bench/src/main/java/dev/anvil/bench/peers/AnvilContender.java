package dev.anvil.bench.peers;

import dev.anvil.bench.load.Counters;
import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ProcSample;
import dev.anvil.bench.process.ProcessTree;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.process.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Our server on one engine, with the launcher's flags, its access log in a file, metrics on. */
public final class AnvilContender implements Contender {
  private static final long LOOK_MILLIS = 250;

  private ServerCommand command;
  private final Path log;
  private Deployment deployment;
  private ServerProcess server;

  /** On a folder below the given one. */
  public AnvilContender(Path folder, String engine) {
    this.command = ServerCommand.on(folder.resolve("anvil-" + engine), engine);
    this.log = folder.resolve("anvil-" + engine + ".log");
  }

  /** The next start is by another command on the same folder: with another heap, for instance. */
  public void change(UnaryOperator<ServerCommand> change) {
    command = change.apply(command);
  }

  @Override
  public String name() {
    return "anvil " + command.engine();
  }

  /** The engine. */
  public String engine() {
    return command.engine();
  }

  @Override
  public String version() {
    return "this checkout, JDK " + Runtime.version();
  }

  @Override
  public String settings() {
    return "fsync before every acknowledgement, in groups; -Xmx"
        + command.heap()
        + " "
        + command.collector()
        + "; access log and metrics on";
  }

  @Override
  public Path data() {
    return command.data();
  }

  @Override
  public boolean versions() {
    return true;
  }

  @Override
  public Duration start() throws IOException {
    long began = System.nanoTime();
    server = ServerProcess.start(command, log);
    if (deployment == null) {
      Duration ready = Duration.ofNanos(System.nanoTime() - began);
      deployment = Deployment.create(server, "bench");
      return ready;
    }
    Readiness.await(endpoint(), accessKey(), secret(), server::alive);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Override
  public void stop() throws IOException {
    server.terminate();
  }

  @Override
  public void forget() throws IOException {
    stop();
    deployment = null;
    Shell.run(List.of("rm", "-rf", data().toString()));
  }

  @Override
  public URI endpoint() {
    return server.publicUrl();
  }

  @Override
  public String accessKey() {
    return deployment.clientId();
  }

  @Override
  public String secret() {
    return deployment.clientSecret();
  }

  /**
   * Waits until its own consumers of the journal have read what was filled in while it was stopped.
   *
   * @return whether they have within the bound
   */
  public boolean awaitConsumers(Duration bound) throws IOException {
    long end = System.nanoTime() + bound.toNanos();
    try {
      while (server.metrics().sum("anvil_consumer_lag_entries") > 0) {
        if (System.nanoTime() > end) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a journal was read", e);
    }
  }

  /** A token of the native API. */
  public String token() throws IOException {
    return deployment.token(endpoint());
  }

  @Override
  public long pid() {
    return server.pid();
  }

  @Override
  public ProcSample sample() throws IOException {
    return ProcessTree.of(server.pid());
  }

  @Override
  public Map<String, Double> counters() throws IOException {
    return Counters.of(server.metrics());
  }

  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }
}
