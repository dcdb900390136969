package dev.anvil.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A fresh folder for all data of a run. Closing it deletes it; a run that a signal ends, that of
 * {@code timeout} for instance, ends its servers and deletes it too. What fails from then on says
 * nothing about the servers, so {@link #check} keeps it out of any report.
 */
public final class RunFolder implements AutoCloseable {
  private static final int ENDINGS = 20;
  private static final long ENDING_NANOS = 50_000_000;

  /** A signal has ended the run; no report is to be written. */
  public static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Ended() {
      super("a signal ended the run before its end: its servers are ended, nothing is written");
    }
  }

  /** What a run does. */
  public interface Deed<T> {
    /** Does it. */
    T run() throws IOException;
  }

  private final Path path;
  private final Thread abandon;
  private volatile boolean ended;

  private RunFolder(Path path) {
    this.path = path;
    this.abandon = new Thread(this::abandon, "abandon");
    Runtime.getRuntime().addShutdownHook(abandon);
  }

  /** Below the given folder, or below that of temporary files if there is none. */
  public static RunFolder make(Path below, String prefix) throws IOException {
    return new RunFolder(
        below == null
            ? Files.createTempDirectory(prefix)
            : Files.createTempDirectory(Files.createDirectories(below), "run"));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Before a failure is noted and before a report is written.
   *
   * @throws Ended if a signal has ended the run
   */
  public void check() {
    if (ended) {
      throw new Ended();
    }
  }

  /** What the deed returns; if it fails and a signal has ended the run, that is why. */
  public <T> T unlessEnded(Deed<T> deed) throws IOException {
    try {
      return deed.run();
    } catch (IOException e) {
      check();
      throw e;
    }
  }

  /** What is left of a run that was interrupted: its servers and their data. */
  private void abandon() {
    ended = true;
    // the run does not know yet: it goes on to the next server until it has none left
    for (int i = 0; i < ENDINGS; i++) {
      List<ProcessHandle> servers = ProcessHandle.current().descendants().toList();
      servers.forEach(ProcessHandle::destroyForcibly);
      servers.forEach(server -> server.onExit().join());
      LockSupport.parkNanos(ENDING_NANOS);
    }
    try {
      delete();
    } catch (IOException e) {
      System.err.println(path + " could not be deleted: " + e.getMessage());
    }
  }

  private void delete() throws IOException {
    // somebody may still be writing or deleting: the second time it is done
    if (!Shell.succeeds("rm", "-rf", path.toString())) {
      Shell.run(List.of("rm", "-rf", path.toString()));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      delete();
    } catch (IOException e) {
      // what deletes is ended with all that the run has started, and started anew by the hook
      if (!ended) {
        throw e;
      }
    }
    if (!ended) {
      Runtime.getRuntime().removeShutdownHook(abandon);
    }
  }
}
