package dev.anvil.http.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.http.documents.Values;
import dev.anvil.http.wire.Jsons;
import dev.anvil.objects.copies.MetadataPatch;
import dev.anvil.ports.failure.Invalid;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a merge patch of metadata. */
final class MetadataPatches {
  private static final ObjectMapper JSON = Jsons.strict();
  private static final Set<String> MEMBERS = Set.of("headers", "userMetadata", "metadata", "tags");

  private MetadataPatches() {}

  static MetadataPatch parse(byte[] patch) {
    JsonNode root = read(patch);
    if (root == null || !root.isObject()) {
      throw new Invalid(Invalid.Reason.JSON, "A patch of metadata is a JSON object.");
    }
    for (Map.Entry<String, JsonNode> member : root.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw new Invalid(
            Invalid.Reason.JSON,
            "A patch of metadata has no member '" + member.getKey() + "'; it has " + MEMBERS,
            Map.of("name", member.getKey()));
      }
    }
    Map<String, Optional<String>> headers = new LinkedHashMap<>();
    texts(root, "headers").forEach((name, value) -> headers.put(headerName(name), value));
    return new MetadataPatch(
        headers,
        texts(root, "userMetadata"),
        root.has("metadata") ? Values.utf8(root.get("metadata").toString()) : null,
        texts(root, "tags"));
  }

  private static JsonNode read(byte[] patch) {
    try {
      return JSON.readTree(patch);
    } catch (JsonProcessingException e) {
      throw Jsons.invalid(e);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** contentType as in documents becomes content-type as in headers. */
  private static String headerName(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private static Map<String, Optional<String>> texts(JsonNode root, String member) {
    Map<String, Optional<String>> out = new LinkedHashMap<>();
    JsonNode node = root.get(member);
    if (node == null) {
      return out;
    }
    if (!node.isObject()) {
      throw wrong(member);
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getValue().isTextual() && !entry.getValue().isNull()) {
        throw wrong(member);
      }
      out.put(entry.getKey(), Optional.ofNullable(entry.getValue().textValue()));
    }
    return out;
  }

  private static Invalid wrong(String member) {
    return new Invalid(
        Invalid.Reason.JSON,
        "'" + member + "' is an object whose values are texts, or null to remove.",
        Map.of("name", member));
  }
}
