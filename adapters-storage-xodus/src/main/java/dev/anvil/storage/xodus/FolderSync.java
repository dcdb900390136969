package dev.anvil.storage.xodus;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Makes the entries of a folder durable. A folder can be synced through a channel only, and an
 * interrupt closes a channel under its caller and hides the outcome; so it is done by a thread that
 * nobody interrupts. Happens once a log file, not once a commit.
 */
final class FolderSync {
  private FolderSync() {}

  /** Returns when the entries are on the disk. */
  static void sync(Path folder) throws IOException {
    CompletableFuture<IOException> outcome = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("anvil-xodus-folder-sync")
        .start(() -> outcome.complete(force(folder)));
    IOException failure = awaitUninterruptibly(outcome);
    if (failure != null) {
      throw failure;
    }
  }

  private static IOException force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
      return null;
    } catch (IOException e) {
      return e;
    } catch (RuntimeException e) {
      return new IOException("cannot sync " + folder, e);
    }
  }

  private static IOException awaitUninterruptibly(CompletableFuture<IOException> outcome)
      throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return outcome.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IOException(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
