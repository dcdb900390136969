package dev.anvil.client.transfer;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.AnvilException;
import dev.anvil.client.BucketObjects;
import dev.anvil.client.Download;
import dev.anvil.client.ObjectInfo;
import dev.anvil.client.ReadOptions;
import dev.anvil.client.Receipt;
import dev.anvil.client.Uploads;
import dev.anvil.client.http.Content;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files up to objects of one bucket and down from them. Large ones go in parts, several at once,
 * each repeated if it is cut off. For any number of threads, but one at a time for one file.
 */
public final class Transfers {
  private final BucketObjects objects;
  private final Uploads uploads;
  private final URI endpoint;
  private final String bucket;

  /** Of a bucket. */
  public Transfers(AnvilClient client, String bucket) {
    this.objects = client.objects(bucket);
    this.uploads = client.uploads(bucket);
    this.endpoint = client.endpoint();
    this.bucket = bucket;
  }

  /**
   * Writes a file to a key. The object appears whole or not at all; the server compares the hash of
   * every part.
   *
   * @throws IOException if the file cannot be read, or the state not be kept
   */
  public Receipt upload(Path file, String key, TransferOptions options) throws IOException {
    long size = Files.size(file);
    options.progress().begin(size);
    if (size < options.wholeBelow()) {
      Receipt receipt = objects.put(key, Content.of(file), options.write());
      options.progress().add(size);
      return receipt;
    }
    String identity = LargeUpload.identity(endpoint.toString(), file, bucket, key);
    Unfinished unfinished = Unfinished.of(options.state(), identity);
    return new LargeUpload(uploads, file, key, unfinished, options).run();
  }

  /**
   * Reads an object into a file, which appears whole or not at all; one that is there is replaced.
   *
   * @return what was read
   * @throws IOException if the file cannot be written, or the state not be kept
   */
  public ObjectInfo download(String key, Path file, TransferOptions options) throws IOException {
    Path target = file.toAbsolutePath();
    ReadOptions which =
        options.version() == null ? ReadOptions.NONE : ReadOptions.NONE.version(options.version());
    ObjectInfo info = info(key, which);
    options.progress().begin(info.size());
    if (info.size() < options.wholeBelow() || info.version().isEmpty()) {
      return whole(key, target, which, options);
    }
    String identity =
        LargeDownload.identity(endpoint.toString(), bucket, key, info.version(), target);
    Unfinished unfinished = Unfinished.of(options.state(), identity);
    new LargeDownload(objects, key, info, unfinished, options).run(target);
    return info;
  }

  private ObjectInfo info(String key, ReadOptions which) throws IOException {
    try {
      return objects.head(key, which);
    } catch (AnvilException e) {
      if (e.status() == 0 || !e.code().isEmpty()) {
        throw e;
      }
      // an answer to HEAD has no body to say why: one to GET has
      try (Download download = objects.get(key, which)) {
        return download.info();
      }
    }
  }

  private ObjectInfo whole(String key, Path target, ReadOptions which, TransferOptions options)
      throws IOException {
    Path part = LargeDownload.unshared(target);
    try (Download download = objects.get(key, which)) {
      options.progress().add(Files.copy(download.body(), part));
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      return download.info();
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
