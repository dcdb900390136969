package dev.anvil.app.cli;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.AnvilException;
import dev.anvil.client.Change;
import dev.anvil.client.Watch;
import dev.anvil.client.WatchOptions;
import dev.anvil.client.http.ClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Prints changes as they happen; reconnects by itself and goes on where it was. */
final class ChangeStream {
  @Option(names = "--after", paramLabel = "CURSOR", description = "go on after this cursor")
  private String after;

  @Option(
      names = "--cursor-file",
      paramLabel = "FILE",
      description = "keep the cursor there, and go on after it the next time")
  private Path cursorFile;

  @Option(names = "--count", paramLabel = "N", description = "end after so many changes")
  private Long count;

  /**
   * Follows until nothing more is wanted or follows.
   *
   * @param watch opens the watch
   * @param text a change as people read it
   */
  int follow(
      CommandSpec spec,
      ClientOptions options,
      BiFunction<AnvilClient, WatchOptions, Watch> watch,
      Function<Change, String> text) {
    if (after == null && cursorFile != null && Files.exists(cursorFile)) {
      after = read(cursorFile);
    }
    Out out = new Out(spec);
    PrintWriter err = spec.commandLine().getErr();
    WatchOptions how = new WatchOptions(after == null ? "" : after, List.of(), new ToPeople(err));
    try (AnvilClient client = options.patient();
        Watch changes = watch.apply(client, how)) {
      long printed = 0;
      while ((count == null || printed < count) && changes.hasNext()) {
        // what was answered last is the line of this change
        String line = options.answered();
        Change change = changes.next();
        out.line(options.json() ? line : text.apply(change));
        keep(change.cursor());
        printed++;
      }
      if (!changes.endReason().isEmpty()) {
        err.println("anvil: " + changes.endReason());
      }
    }
    return 0;
  }

  /** Keeps cursors and says when it connects anew. */
  private final class ToPeople implements WatchOptions.Listener {
    private final PrintWriter err;
    private boolean away;

    ToPeople(PrintWriter err) {
      this.err = err;
    }

    @Override
    public void heartbeat(String cursor) {
      away = false;
      keep(cursor);
    }

    @Override
    public void brokeOff(AnvilException why) {
      // once, and not at every attempt
      if (!away) {
        err.println("anvil: " + why.getMessage() + "; reconnecting");
        err.flush();
      }
      away = true;
    }
  }

  private void keep(String cursor) {
    if (cursorFile != null) {
      try {
        Path next = cursorFile.resolveSibling(cursorFile.getFileName() + ".new");
        Files.writeString(next, cursor + "\n");
        Files.move(
            next, cursorFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new ClientException(
            ClientException.FAILED, "the cursor cannot be kept in " + cursorFile + ": " + e);
      }
    }
  }

  private static String read(Path file) {
    try {
      String cursor = Files.readString(file).strip();
      return cursor.isEmpty() ? null : cursor;
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "the cursor cannot be read from " + file + ": " + e);
    }
  }
}
