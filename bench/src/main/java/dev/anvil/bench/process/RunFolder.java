package dev.anvil.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A fresh folder for all data of a run. Closing it deletes it; a run that is interrupted ends its
 * servers and deletes it too.
 */
public final class RunFolder implements AutoCloseable {
  private static final int ENDINGS = 20;
  private static final long ENDING_NANOS = 50_000_000;

  private final Path path;
  private final Thread abandon;

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

  /** What is left of a run that was interrupted: its servers and their data. */
  private void abandon() {
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
    delete();
    Runtime.getRuntime().removeShutdownHook(abandon);
  }
}
