package dev.anvil.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.Paths;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a write of an object carries and demands. Values; each method gives a new one. */
public final class WriteOptions {
  /** Nothing but the bytes. */
  public static final WriteOptions NONE =
      new WriteOptions(Map.of(), Map.of(), Map.of(), Map.of(), null);

  private final Map<String, String> demands;
  private final Map<String, String> content;
  private final Map<String, String> metadata;
  private final Map<String, String> tags;
  private final String structured;

  private WriteOptions(
      Map<String, String> demands,
      Map<String, String> content,
      Map<String, String> metadata,
      Map<String, String> tags,
      String structured) {
    this.demands = demands;
    this.content = content;
    this.metadata = metadata;
    this.tags = tags;
    this.structured = structured;
  }

  private static Map<String, String> with(Map<String, String> some, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(some);
    more.put(name, value);
    return more;
  }

  private WriteOptions demand(String name, String value) {
    return new WriteOptions(with(demands, name, value), content, metadata, tags, structured);
  }

  private WriteOptions content(String name, String value) {
    return new WriteOptions(demands, with(content, name, value), metadata, tags, structured);
  }

  /** What the bytes are. */
  public WriteOptions contentType(String type) {
    return content("Content-Type", type);
  }

  /** How they are packed. */
  public WriteOptions contentEncoding(String encoding) {
    return content("Content-Encoding", encoding);
  }

  /** In which language they are. */
  public WriteOptions contentLanguage(String language) {
    return content("Content-Language", language);
  }

  /** How a browser shows them. */
  public WriteOptions contentDisposition(String disposition) {
    return content("Content-Disposition", disposition);
  }

  /** How long others may keep them. */
  public WriteOptions cacheControl(String control) {
    return content("Cache-Control", control);
  }

  /** One pair of the user's metadata; the name is of letters, digits and hyphens. */
  public WriteOptions metadata(String name, String value) {
    return new WriteOptions(demands, content, with(metadata, name, value), tags, structured);
  }

  /** One tag. */
  public WriteOptions tag(String name, String value) {
    return new WriteOptions(demands, content, metadata, with(tags, name, value), structured);
  }

  /** Structured metadata, a JSON object; with bytes at most 4 KiB of it. */
  public WriteOptions structured(String json) {
    Fields.object("structured metadata", json);
    return new WriteOptions(demands, content, metadata, tags, json);
  }

  /** Refused unless the bytes have this SHA-256, 32 bytes; of {@code put} and parts alone. */
  public WriteOptions sha256(byte[] hash) {
    return demand("Content-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":");
  }

  /** 412 {@code PreconditionFailed} if the key is there. */
  public WriteOptions ifAbsent() {
    return demand("If-None-Match", "*");
  }

  /** 412 {@code PreconditionFailed} unless the current version has this entity tag. */
  public WriteOptions ifMatch(String etag) {
    return demand("If-Match", Fields.quoted(etag));
  }

  /** 412 {@code PreconditionFailed} unless this version is the newest. */
  public WriteOptions ifVersion(String version) {
    return demand("Anvil-If-Version", version);
  }

  /**
   * A key of one's own, for repetitions beyond this process: for a day the same key with the same
   * content is answered with the first receipt. Without it the client makes one.
   */
  public WriteOptions idempotencyKey(String key) {
    return demand("Idempotency-Key", key);
  }

  /** All of it as headers. */
  Map<String, String> headers() {
    Map<String, String> all = new LinkedHashMap<>(demands);
    all.putAll(content);
    metadata.forEach((name, value) -> all.put("Anvil-Meta-" + name, value));
    if (!tags.isEmpty()) {
      all.put(
          "Anvil-Tags",
          tags.entrySet().stream()
              .map(e -> Paths.value(e.getKey()) + "=" + Paths.value(e.getValue()))
              .collect(Collectors.joining("&")));
    }
    if (structured != null) {
      all.put("Anvil-Metadata", structured.replaceAll("[\\r\\n\\t]", " "));
    }
    return all;
  }

  /** What it demands, as headers. */
  Map<String, String> demands() {
    return demands;
  }

  /** What it carries, as a document; null for nothing. */
  ObjectNode description() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    if (!content.isEmpty()) {
      ObjectNode headers = all.putObject("headers");
      content.forEach((name, value) -> headers.put(Fields.member(name), value));
    }
    if (!metadata.isEmpty()) {
      all.set("userMetadata", Fields.object(metadata));
    }
    if (!tags.isEmpty()) {
      all.set("tags", Fields.object(tags));
    }
    if (structured != null) {
      all.set("metadata", Fields.object("structured metadata", structured));
    }
    return all.isEmpty() ? null : all;
  }
}
