package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Up to 1,000 small operations of one kind in one request, each with an outcome of its own, in the
 * order of the items.
 */
public final class Batches {
  private final Calls calls;
  private final String path;

  Batches(Calls calls, String path) {
    this.calls = calls;
    this.path = path;
  }

  /**
   * A key.
   *
   * @param version null for the current one
   * @param options conditions; of a put also what the object carries
   * @param content at most 32 KiB; null where nothing is put
   */
  public record Item(String key, String version, WriteOptions options, byte[] content) {
    /** The current version of a key. */
    public static Item of(String key) {
      return new Item(key, null, WriteOptions.NONE, null);
    }

    /** One version of a key. */
    public static Item of(String key, String version) {
      return new Item(key, version, WriteOptions.NONE, null);
    }

    /** Bytes to put. */
    public static Item put(String key, byte[] content, WriteOptions options) {
      return new Item(key, null, options, content);
    }

    private ObjectNode document() {
      ObjectNode item = JsonNodeFactory.instance.objectNode().put("key", key);
      if (version != null) {
        item.put("version", version);
      }
      Map<String, String> demands = options.demands();
      put(item, "ifMatch", demands.get("If-Match"));
      put(item, "ifNoneMatch", demands.get("If-None-Match"));
      put(item, "ifVersion", demands.get("Anvil-If-Version"));
      if (content != null) {
        item.put("content", content);
        ObjectNode description = options.description();
        if (description != null) {
          item.setAll(description);
        }
      }
      return item;
    }

    private static void put(ObjectNode item, String name, String value) {
      if (value != null) {
        item.put(name, value);
      }
    }
  }

  /** Writes small objects. */
  public List<BatchOutcome> put(List<Item> items) {
    return send("put", items);
  }

  /** Deletes keys as the bucket's versioning says, or versions for good. */
  public List<BatchOutcome> delete(List<Item> items) {
    return send("delete", items);
  }

  /** What is known of keys or versions. */
  public List<BatchOutcome> head(List<Item> items) {
    return send("head", items);
  }

  private List<BatchOutcome> send(String operation, List<Item> items) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("operation", operation);
    ArrayNode documents = body.putArray("items");
    items.forEach(item -> documents.add(item.document()));
    JsonNode answer = calls.json(Calls.Request.change("POST", path, body, Map.of()));
    List<BatchOutcome> outcomes = new ArrayList<>();
    answer.path("outcomes").forEach(o -> outcomes.add(BatchOutcome.of(o)));
    return List.copyOf(outcomes);
  }
}
