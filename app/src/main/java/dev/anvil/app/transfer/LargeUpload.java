package dev.anvil.app.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Content;
import dev.anvil.client.http.Paths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A file up, in parts whose hashes the server checks; parts that are there already stay. */
public final class LargeUpload {
  private static final int NOT_FOUND = 404;

  private final AnvilHttp api;
  private final Path file;
  private final String bucketPath;
  private final String key;
  private final Unfinished unfinished;
  private final Progress progress;

  /** Of this file to this key; {@code bucketPath} as in the API. */
  public LargeUpload(
      AnvilHttp api,
      Path file,
      String bucketPath,
      String key,
      Unfinished unfinished,
      Progress progress) {
    this.api = api;
    this.file = file;
    this.bucketPath = bucketPath;
    this.key = key;
    this.unfinished = unfinished;
    this.progress = progress;
  }

  /** Whether a file of this size goes in parts. */
  public static boolean worthIt(long size) {
    return size >= Part.LARGE;
  }

  /** Identity of a transfer: another content of the file is another transfer. */
  public static String identity(String server, Path file, String bucket, String key)
      throws IOException {
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

  /**
   * Moves it.
   *
   * @param contentType or null
   * @param conditions headers of the completion
   * @return the receipt
   */
  public JsonNode run(int atOnce, String contentType, Map<String, String> conditions)
      throws IOException {
    long size = Files.size(file);
    Map<Integer, JsonNode> there = new TreeMap<>();
    String upload = unfinished.get("upload");
    if (upload != null && !find(upload, there)) {
      upload = null;
    }
    if (upload == null) {
      upload = open(contentType);
      unfinished.put("upload", upload);
    }
    String path = uploadPath(upload);
    List<Part> parts = Part.of(size, Part.bytesFor(size));
    Map<Integer, String> tags = new TreeMap<>();
    PartsAtOnce.run(
        parts,
        Math.min(atOnce, PartsAtOnce.MOST),
        part -> {
          String tag = move(path, part, there.get(part.number()));
          synchronized (tags) {
            tags.put(part.number(), tag);
          }
        });
    JsonNode receipt = complete(path, tags, size, conditions);
    unfinished.forget();
    return receipt;
  }

  private String uploadPath(String upload) {
    return bucketPath + "/uploads/" + Paths.value(upload);
  }

  private boolean find(String upload, Map<Integer, JsonNode> there) {
    try {
      String after = "";
      while (after != null) {
        JsonNode page = api.json("GET", uploadPath(upload) + "?limit=1000" + after, null);
        page.path("parts").forEach(p -> there.put(p.path("number").asInt(), p));
        JsonNode next = page.path("nextAfter");
        after = next.isInt() ? "&after=" + next.asInt() : null;
      }
      return true;
    } catch (ClientException e) {
      if (e.status() == NOT_FOUND) {
        // it was ended or has run out: from the start
        there.clear();
        return false;
      }
      throw e;
    }
  }

  private String open(String contentType) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("key", key);
    if (contentType != null) {
      body.putObject("description").putObject("headers").put("contentType", contentType);
    }
    return api.json("POST", bucketPath + "/uploads", body).path("uploadId").asText();
  }

  private String move(String upload, Part part, JsonNode there) throws Exception {
    byte[] sha256 = sha256(part);
    if (there != null && there.path("sha256").asText().equals(HexFormat.of().formatHex(sha256))) {
      progress.already(part.length());
      return there.path("etag").asText();
    }
    Content body = new Content(part.length(), true, () -> stream(part));
    String digest = "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
    JsonNode done =
        api.upload(upload + "/parts/" + part.number(), body, Map.of("Content-Digest", digest));
    progress.add(part.length());
    return done.path("etag").asText();
  }

  private InputStream stream(Part part) throws IOException {
    return new FilePiece(file, part.offset(), part.length());
  }

  private byte[] sha256(Part part) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = stream(part)) {
      byte[] buffer = new byte[64 << 10];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return digest.digest();
  }

  private JsonNode complete(
      String path, Map<Integer, String> tags, long size, Map<String, String> conditions) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("expectedSize", size);
    ArrayNode claims = body.putArray("parts");
    List<Map.Entry<Integer, String>> all = new ArrayList<>(tags.entrySet());
    all.forEach(t -> claims.addObject().put("number", t.getKey()).put("etag", t.getValue()));
    return api.json("POST", path + ":complete", body, conditions);
  }
}
