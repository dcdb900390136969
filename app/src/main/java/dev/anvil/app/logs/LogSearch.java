package dev.anvil.app.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Looks for an id in the newest part of each stream; costs do not grow with the logs. */
public final class LogSearch {
  /** Bytes at the end of each stream's newest file that are searched. */
  public static final int SEARCHED_BYTES = 16 << 20;

  /** Lines of each stream that an answer holds. */
  public static final int MAX_LINES = 100;

  /** A line and where it was found. */
  public record Found(String stream, String line) {}

  private static final int CHUNK_BYTES = 1 << 20;

  private final Path folder;
  private final Runnable writeNow;

  /** In that folder, after {@code writeNow} has written lines that wait. */
  LogSearch(Path folder, Runnable writeNow) {
    this.folder = folder;
    this.writeNow = writeNow;
  }

  /** The newest lines that hold the id as a whole value, oldest first, stream by stream. */
  public List<Found> of(String id) {
    writeNow.run();
    List<Found> all = new ArrayList<>();
    for (String stream : List.of(LogStreams.ACCESS, LogStreams.APPLICATION, LogStreams.AUDIT)) {
      for (String line : lines(folder.resolve(stream + ".log"), "\"" + id + "\"")) {
        all.add(new Found(stream, line));
      }
    }
    return all;
  }

  private static Deque<String> lines(Path file, String wanted) {
    Deque<String> found = new ArrayDeque<>();
    if (!Files.exists(file)) {
      return found;
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      long at = Math.max(0, in.size() - SEARCHED_BYTES);
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
      String rest = "";
      for (int n = in.read(chunk, at); n > 0; n = in.read(chunk, at)) {
        at += n;
        // ids are ASCII, and so is the end of a line: no letter is taken for either
        String text = rest + new String(chunk.array(), 0, n, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf('\n') + 1;
        collect(text.substring(0, end), wanted, found);
        rest = text.length() - end > CHUNK_BYTES ? "" : text.substring(end);
        chunk.clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log " + file.getFileName() + " cannot be read", e);
    }
    return found;
  }

  private static void collect(String text, String wanted, Deque<String> found) {
    for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at)) {
      int begin = text.lastIndexOf('\n', at) + 1;
      int end = text.indexOf('\n', at);
      byte[] line = text.substring(begin, end).getBytes(StandardCharsets.ISO_8859_1);
      found.add(new String(line, StandardCharsets.UTF_8));
      if (found.size() > MAX_LINES) {
        found.removeFirst();
      }
      at = end;
    }
  }
}
