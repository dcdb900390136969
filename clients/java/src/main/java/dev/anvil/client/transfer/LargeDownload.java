package dev.anvil.client.transfer;

import dev.anvil.client.BucketObjects;
import dev.anvil.client.Download;
import dev.anvil.client.ObjectInfo;
import dev.anvil.client.ReadOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;

/** One version of an object down, in ranges; the file appears when all of it is there. */
final class LargeDownload {
  private static final int BUFFER = 64 << 10;

  private final BucketObjects objects;
  private final String key;
  private final ObjectInfo info;
  private final Unfinished unfinished;
  private final TransferOptions options;

  LargeDownload(
      BucketObjects objects,
      String key,
      ObjectInfo info,
      Unfinished unfinished,
      TransferOptions options) {
    this.objects = objects;
    this.key = key;
    this.info = info;
    this.unfinished = unfinished;
    this.options = options;
  }

  /** Identity of a transfer: another version is another transfer. */
  static String identity(String server, String bucket, String key, String version, Path target) {
    return String.join("\n", "get", server, bucket, key, version, target.toString());
  }

  /** Where the bytes lie until all are there. */
  static Path partial(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".anvil-part");
  }

  void run(Path target) throws IOException {
    Path partial = partial(target);
    BitSet done = Files.exists(partial) ? known() : new BitSet();
    List<Part> all = Part.of(info.size(), Part.bytesFor(info.size()));
    List<Part> due = all.stream().filter(p -> !done.get(p.number())).toList();
    options.progress().already(info.size() - bytes(due));
    try (FileChannel out =
        FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      PartsAtOnce.run(
          due,
          options.atOnce(),
          part -> {
            move(out, part);
            synchronized (done) {
              // the range is on the disk before it counts as done
              out.force(false);
              done.set(part.number());
              unfinished.put("done", HexFormat.of().formatHex(done.toByteArray()));
            }
          });
      out.truncate(info.size());
    }
    Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    unfinished.forget();
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

  /** A body that is cut off goes on by itself, and only with the same content. */
  private void move(FileChannel out, Part part) throws IOException {
    ReadOptions range =
        ReadOptions.NONE
            .version(info.version())
            .ifMatch(info.etag())
            .range(part.offset(), part.length());
    long moved = 0;
    try (Download download = objects.get(key, range)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = download.body().read(buffer); n >= 0; n = download.body().read(buffer)) {
        write(out, ByteBuffer.wrap(buffer, 0, n), part.offset() + moved);
        moved += n;
        options.progress().add(n);
      }
      if (moved != part.length()) {
        throw new IOException("a range ended after " + moved + " of " + part.length() + " bytes");
      }
    } catch (IOException e) {
      options.progress().add(-moved);
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
