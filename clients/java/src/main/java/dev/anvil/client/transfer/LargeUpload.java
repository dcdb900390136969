package dev.anvil.client.transfer;

import dev.anvil.client.AnvilException;
import dev.anvil.client.Receipt;
import dev.anvil.client.Uploads;
import dev.anvil.client.WriteOptions;
import dev.anvil.client.http.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A file up, in parts whose hashes the server checks; parts that are there already stay. */
final class LargeUpload {
  private static final int BUFFER_BYTES = 64 << 10;

  private final Uploads uploads;
  private final Path file;
  private final String key;
  private final Unfinished unfinished;
  private final TransferOptions options;

  LargeUpload(
      Uploads uploads, Path file, String key, Unfinished unfinished, TransferOptions options) {
    this.uploads = uploads;
    this.file = file;
    this.key = key;
    this.unfinished = unfinished;
    this.options = options;
  }

  /** Identity of a transfer: another content of the file is another transfer. */
  static String identity(String server, Path file, String bucket, String key) throws IOException {
    return String.join(
        "\n",
        "put",
        server,
        bucket,
        key,
        file.toAbsolutePath().toString(),
        Long.toString(Files.size(file)),
        Files.getLastModifiedTime(file).toString());
  }

  Receipt run() throws IOException {
    long size = Files.size(file);
    Map<Integer, Uploads.Part> there = new TreeMap<>();
    String upload = unfinished.get("upload");
    if (upload == null || !find(upload, there)) {
      upload = uploads.create(key, options.write()).id();
      unfinished.put("upload", upload);
    }
    String id = upload;
    Map<Integer, Uploads.Part> moved = new TreeMap<>();
    PartsAtOnce.run(
        Part.of(size, Part.bytesFor(size)),
        options.atOnce(),
        part -> {
          Uploads.Part stored = move(id, part, there.get(part.number()));
          synchronized (moved) {
            moved.put(part.number(), stored);
          }
        });
    Receipt receipt = uploads.complete(id, List.copyOf(moved.values()), size, options.write());
    unfinished.forget();
    return receipt;
  }

  private boolean find(String upload, Map<Integer, Uploads.Part> there) {
    try {
      uploads.parts(upload).forEachRemaining(p -> there.put(p.number(), p));
      return true;
    } catch (AnvilException.NotFound e) {
      // it was ended or has run out: from the start
      there.clear();
      return false;
    }
  }

  private Uploads.Part move(String upload, Part part, Uploads.Part there) throws IOException {
    byte[] sha256 = sha256(part);
    if (there != null && there.sha256().equals(HexFormat.of().formatHex(sha256))) {
      options.progress().already(part.length());
      return there;
    }
    Content body = new Content(part.length(), true, () -> stream(part));
    Uploads.Part stored =
        uploads.put(upload, part.number(), body, WriteOptions.NONE.sha256(sha256));
    options.progress().add(part.length());
    return stored;
  }

  private InputStream stream(Part part) throws IOException {
    return new FilePiece(file, part.offset(), part.length());
  }

  private byte[] sha256(Part part) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
    try (InputStream in = stream(part)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return digest.digest();
  }
}
