package dev.anvil.client.transfer;

import dev.anvil.client.BucketObjects;
import dev.anvil.client.Download;
import dev.anvil.client.ObjectInfo;
import dev.anvil.client.ReadOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** One version of an object down, in ranges; the file appears when all of it is there. */
final class LargeDownload {
  private static final int BUFFER_BYTES = 64 << 10;

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

  void run(Path target) throws IOException {
    if (unfinished.file() == null) {
      // nobody goes on with it
      Path partial = unshared(target);
      try {
        run(target, partial, new BitSet());
      } finally {
        Files.deleteIfExists(partial);
      }
      return;
    }
    Path partial = partial(target);
    BitSet done = known();
    if (!Files.exists(partial) && !done.isEmpty()) {
      // said before there is a file again, which the bytes are not in
      done.clear();
      keep(done);
    }
    run(target, partial, done);
    unfinished.forget();
  }

  /** A new name beside the target; the file gets the rights that any new file gets. */
  static Path unshared(Path target) {
    return target.resolveSibling(".anvil-" + UUID.randomUUID() + ".part");
  }

  /**
   * Where the bytes lie until all are there. What another version or another state left beside the
   * target is removed: what a state calls done is in its own file.
   */
  private Path partial(Path target) throws IOException {
    String ofTarget = ".anvil-" + Unfinished.hash(target.toString()) + "-";
    String state = Unfinished.hash(unfinished.file().toAbsolutePath().toString());
    Path own = target.resolveSibling(ofTarget + state + ".part");
    try (DirectoryStream<Path> others =
        Files.newDirectoryStream(target.getParent(), ofTarget + "*.part")) {
      for (Path other : others) {
        if (!other.equals(own)) {
          Files.deleteIfExists(other);
        }
      }
    }
    return own;
  }

  private void run(Path target, Path partial, BitSet done) throws IOException {
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
              keep(done);
            }
          });
      out.truncate(info.size());
    }
    Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private void keep(BitSet done) throws IOException {
    unfinished.put("done", HexFormat.of().formatHex(done.toByteArray()));
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
      byte[] buffer = new byte[BUFFER_BYTES];
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
