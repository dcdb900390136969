package dev.anvil.app.transfer;

import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** One version of an object down, in ranges; the file appears when all of it is there. */
public final class LargeDownload {
  private static final int PARTIAL = 206;
  private static final int BUFFER = 64 << 10;

  private final AnvilHttp api;
  private final String path;
  private final Unfinished unfinished;
  private final Progress progress;

  /**
   * Of the object at this path of the API.
   *
   * @param path with the version in its query, so that all ranges are of one content
   */
  public LargeDownload(AnvilHttp api, String path, Unfinished unfinished, Progress progress) {
    this.api = api;
    this.path = path;
    this.unfinished = unfinished;
    this.progress = progress;
  }

  /** Whether an object of this size comes in ranges. */
  public static boolean worthIt(long size) {
    return size >= Part.LARGE;
  }

  /** Identity of a transfer: another version is another transfer. */
  public static String identity(String server, String path, Path target) {
    return String.join("\n", "get", server, path, target.toAbsolutePath().toString());
  }

  /** Where the bytes lie until all are there. */
  static Path partial(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".anvil-part");
  }

  /** Moves it; returns the bytes that had to be moved now. */
  public long run(Path target, long size, int atOnce) throws IOException {
    Path partial = partial(target);
    BitSet done = Files.exists(partial) ? known() : new BitSet();
    List<Part> all = Part.of(size, Part.bytesFor(size));
    List<Part> due = all.stream().filter(p -> !done.get(p.number())).toList();
    progress.already(size - bytes(due));
    try (FileChannel out =
        FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      PartsAtOnce.run(
          due,
          Math.min(atOnce, PartsAtOnce.MOST),
          part -> {
            move(out, part, size);
            synchronized (done) {
              // the range is on the disk before it counts as done
              out.force(false);
              done.set(part.number());
              unfinished.put("done", HexFormat.of().formatHex(done.toByteArray()));
            }
          });
      out.truncate(size);
    }
    Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    unfinished.forget();
    return bytes(due);
  }

  private BitSet known() {
    String text = unfinished.get("done");
    try {
      return text == null ? new BitSet() : BitSet.valueOf(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      // worth no more than a transfer from the start
      return new BitSet();
    }
  }

  private static long bytes(List<Part> parts) {
    return parts.stream().mapToLong(Part::length).sum();
  }

  private void move(FileChannel out, Part part, long size) throws IOException {
    long last = part.offset() + part.length() - 1;
    String range = "bytes=" + part.offset() + "-" + last;
    Reply answer = api.download(path, Map.of("Range", range));
    long moved = 0;
    try (InputStream in = answer.body()) {
      String said = answer.header("Content-Range").orElse("");
      String expected = "bytes " + part.offset() + "-" + last + "/" + size;
      if (answer.status() != PARTIAL || !said.equals(expected)) {
        throw new ClientException(
            ClientException.FAILED, "asked for " + range + ", got '" + said + "': it has changed");
      }
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        write(out, ByteBuffer.wrap(buffer, 0, n), part.offset() + moved);
        moved += n;
        progress.add(n);
      }
      if (moved != part.length()) {
        throw new IOException("a range ended after " + moved + " of " + part.length() + " bytes");
      }
    } catch (IOException e) {
      progress.add(-moved);
      throw e;
    }
  }

  private static void write(FileChannel out, ByteBuffer bytes, long at) throws IOException {
    long to = at;
    while (bytes.hasRemaining()) {
      to += out.write(bytes, to);
    }
  }
}
