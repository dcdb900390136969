package dev.anvil.cluster.curator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The values of nodes in ZooKeeper: a JSON object with its version {@code v}, a line feed, and 64
 * hexadecimal digits of HMAC-SHA256 over path, zero byte and JSON. Who can write to the ensemble
 * can stop coordination, and cannot forge a value or move one to another path.
 */
final class Values {
  /** Greatest value that is read. */
  static final int MAX_BYTES = 8 << 10;

  private static final int VERSION = 1;
  private static final int MAC_DIGITS = 64;
  private static final JsonMapper JSON = new JsonMapper();

  private final byte[] key;

  Values(byte[] secret) {
    this.key = Derived.key(secret, "values");
  }

  static ObjectNode object() {
    return JSON.createObjectNode().put("v", VERSION);
  }

  byte[] sealed(String path, ObjectNode value) {
    String json = value.toString();
    return (json + "\n" + mac(path, json)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The value at a path; unknown fields stay in it.
   *
   * @throws ForgedValue if nobody with the cluster secret wrote it there
   */
  ObjectNode opened(String path, byte[] bytes) {
    int end = bytes.length - MAC_DIGITS - 1;
    if (end < 2 || bytes.length > MAX_BYTES || bytes[end] != '\n') {
      throw new ForgedValue(path, "it is no sealed value");
    }
    String json = new String(bytes, 0, end, StandardCharsets.UTF_8);
    byte[] given = Arrays.copyOfRange(bytes, end + 1, bytes.length);
    byte[] right = mac(path, json).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(given, right)) {
      throw new ForgedValue(path, "its authentication code is wrong");
    }
    try {
      if (JSON.readTree(json) instanceof ObjectNode value && value.path("v").asInt() == VERSION) {
        return value;
      }
    } catch (JsonProcessingException e) {
      throw new ForgedValue(path, "it is no JSON");
    }
    throw new ForgedValue(path, "its version is not " + VERSION);
  }

  private String mac(String path, String json) {
    byte[] mac =
        Derived.mac(
            key,
            path.getBytes(StandardCharsets.UTF_8),
            new byte[1],
            json.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(mac);
  }

  static String text(JsonNode value, String field) {
    return value.path(field).asText("");
  }
}
