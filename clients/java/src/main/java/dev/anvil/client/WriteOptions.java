package dev.anvil.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a write of an object carries and demands. Values; each method gives a new one. */
public final class WriteOptions {
  /** Nothing but the bytes. */
  public static final WriteOptions NONE = new WriteOptions(Map.of());

  private final Map<String, String> headers;

  private WriteOptions(Map<String, String> headers) {
    this.headers = headers;
  }

  private WriteOptions with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new WriteOptions(more);
  }

  /** What the bytes are. */
  public WriteOptions contentType(String type) {
    return with("Content-Type", type);
  }

  /** One pair of the user's metadata; the name is of letters, digits and hyphens. */
  public WriteOptions metadata(String name, String value) {
    return with("Anvil-Meta-" + name, value);
  }

  /** 412 {@code PreconditionFailed} if the key is there. */
  public WriteOptions ifAbsent() {
    return with("If-None-Match", "*");
  }

  /** 412 {@code PreconditionFailed} unless the current version has this entity tag. */
  public WriteOptions ifMatch(String etag) {
    return with("If-Match", Fields.quoted(etag));
  }

  /** 412 {@code PreconditionFailed} unless this version is the newest. */
  public WriteOptions ifVersion(String version) {
    return with("Anvil-If-Version", version);
  }

  /**
   * A key of one's own, for repetitions beyond this process: for a day the same key with the same
   * content is answered with the first receipt. Without it the client makes one.
   */
  public WriteOptions idempotencyKey(String key) {
    return with("Idempotency-Key", key);
  }

  Map<String, String> headers() {
    return headers;
  }
}
