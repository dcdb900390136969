package dev.anvil.app.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.json.Json;
import java.io.IOException;
import java.util.Set;

/**
 * The two records of a storage path as JSON, member by member: a library that looks at classes to
 * do the same takes a tenth of a start. A member that is not known is of a newer version, and
 * refused.
 */
final class HomeJson {
  private static final Set<String> OF_IDENTITY =
      Set.of("format", "deploymentId", "incarnation", "partitions", "engine", "createdAt");
  private static final Set<String> OF_BOOT = Set.of("count", "nonce", "previous");

  private HomeJson() {}

  /** What is wrong with a text that is no such record. */
  static final class Damaged extends IOException {
    private static final long serialVersionUID = 1L;

    Damaged(String why) {
      super(why);
    }
  }

  static String text(Identity identity) {
    return Json.text(
            JsonNodeFactory.instance
                .objectNode()
                .put("format", identity.format())
                .put("deploymentId", identity.deploymentId())
                .put("incarnation", identity.incarnation())
                .put("partitions", identity.partitions())
                .put("engine", identity.engine())
                .put("createdAt", identity.createdAt()))
        + "\n";
  }

  static Identity identity(String text) throws Damaged {
    JsonNode read = object(text, OF_IDENTITY);
    String deploymentId = string(read, "deploymentId");
    String engine = string(read, "engine");
    if (deploymentId == null || engine == null) {
      throw new Damaged("it lacks a member");
    }
    return new Identity(
        number(read, "format"),
        deploymentId,
        number(read, "incarnation"),
        number(read, "partitions"),
        engine,
        string(read, "createdAt"));
  }

  static String text(StorageHome.Boot boot) {
    return Json.text(tree(boot)) + "\n";
  }

  /** Members that are null are left out. */
  private static ObjectNode tree(StorageHome.Boot boot) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode().put("count", boot.count());
    if (boot.nonce() != null) {
      tree.put("nonce", boot.nonce());
    }
    if (boot.previous() != null) {
      tree.set("previous", tree(boot.previous()));
    }
    return tree;
  }

  /** The start that the text names, without the one before it. */
  static StorageHome.Boot boot(String text) throws Damaged {
    JsonNode read = object(text, OF_BOOT);
    return new StorageHome.Boot(number(read, "count"), string(read, "nonce"), null);
  }

  private static JsonNode object(String text, Set<String> known) throws Damaged {
    JsonNode read;
    try {
      read = Json.read(text);
    } catch (JsonProcessingException e) {
      throw new Damaged(e.getOriginalMessage());
    } catch (IOException e) {
      throw new Damaged(e.getMessage());
    }
    if (!read.isObject()) {
      throw new Damaged("it is no object");
    }
    for (var member : read.properties()) {
      if (!known.contains(member.getKey())) {
        throw new Damaged("it has the member " + member.getKey());
      }
    }
    return read;
  }

  private static int number(JsonNode of, String name) throws Damaged {
    JsonNode value = of.path(name);
    if (!value.isInt()) {
      throw new Damaged(name + " is no whole number");
    }
    return value.intValue();
  }

  /** Null if it is not there. */
  private static String string(JsonNode of, String name) throws Damaged {
    JsonNode value = of.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new Damaged(name + " is no text");
    }
    return value.textValue();
  }
}
