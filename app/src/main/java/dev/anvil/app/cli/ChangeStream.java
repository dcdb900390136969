package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import dev.anvil.client.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Prints changes as they happen; reconnects by itself and goes on where it was. */
final class ChangeStream {
  private static final long FIRST_PAUSE_NANOS = 500_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 10_000_000_000L;

  @Option(names = "--after", paramLabel = "CURSOR", description = "go on after this cursor")
  private String after;

  @Option(
      names = "--cursor-file",
      paramLabel = "FILE",
      description = "keep the cursor there, and go on after it the next time")
  private Path cursorFile;

  @Option(names = "--count", paramLabel = "N", description = "end after so many changes")
  private Long count;

  private CommandSpec spec;
  private ClientOptions options;
  private Function<JsonNode, String> text;

  private long printed;

  /**
   * Follows until nothing more is wanted or follows.
   *
   * @param path of the watch, with a query
   * @param line a change as people read it
   */
  int follow(CommandSpec of, ClientOptions client, String path, Function<JsonNode, String> line) {
    spec = of;
    options = client;
    text = line;
    if (after == null && cursorFile != null && Files.exists(cursorFile)) {
      after = read(cursorFile);
    }
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      boolean began = false;
      // connected anew each time, so that an expired token is replaced
      try (AnvilHttp api = options.connect();
          InputStream body = open(api, path)) {
        began = true;
        if (follow(body)) {
          return 0;
        }
      } catch (IOException e) {
        spec.commandLine().getErr().println("anvil: the watch broke off, reconnecting");
      } catch (ClientException e) {
        if (e.exitCode() != ClientException.UNREACHABLE || after == null) {
          throw e;
        }
      }
      pause = began ? FIRST_PAUSE_NANOS : Math.min(LONGEST_PAUSE_NANOS, 2 * pause);
      LockSupport.parkNanos(pause);
    }
  }

  private InputStream open(AnvilHttp api, String path) {
    String resumed = after == null ? path : path + "&after=" + Paths.value(after);
    return api.download(resumed, Map.of("Accept", "application/x-ndjson")).body();
  }

  /** Prints to the end of the stream; whether nothing more is wanted or follows. */
  private boolean follow(InputStream body) throws IOException {
    Out out = new Out(spec);
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode document = Json.read(line);
      switch (document.path("type").asText()) {
        case "change" -> {
          out.line(options.json() ? line : text.apply(document));
          goOnAfter(document.path("cursor").asText());
          printed++;
          if (count != null && printed >= count) {
            return true;
          }
        }
        case "heartbeat" -> goOnAfter(document.path("completeThrough").asText());
        case "end" -> {
          spec.commandLine().getErr().println("anvil: " + document.path("reason").asText());
          return true;
        }
        default -> requireRetryable(document.path("problem"));
      }
    }
    return false;
  }

  private static void requireRetryable(JsonNode problem) {
    // a stopping server says so and can be asked again; an expired token is renewed on the way
    boolean again =
        problem.path("retryable").asBoolean()
            || problem.path("code").asText().equals("TokenExpired");
    if (!again) {
      throw new ClientException(
          ClientException.FAILED,
          problem.path("code").asText() + ": " + problem.path("detail").asText());
    }
  }

  private void goOnAfter(String cursor) {
    after = cursor;
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
