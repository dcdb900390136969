package dev.anvil.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A change of what is kept beside an object's bytes; what it does not name stays. One thread fills
 * it.
 */
public final class MetadataPatch {
  private final ObjectNode document = JsonNodeFactory.instance.objectNode();

  /** Sets a header kept with the bytes, such as {@code Content-Type}; null removes it. */
  public MetadataPatch header(String name, String value) {
    document.withObjectProperty("headers").put(Fields.member(name), value);
    return this;
  }

  /** Sets a pair of the user's metadata; null removes it. */
  public MetadataPatch metadata(String name, String value) {
    document.withObjectProperty("userMetadata").put(name, value);
    return this;
  }

  /** Sets a tag; null removes it. */
  public MetadataPatch tag(String name, String value) {
    document.withObjectProperty("tags").put(name, value);
    return this;
  }

  /** Merges a JSON object into the structured metadata (RFC 7396). */
  public MetadataPatch structured(String mergePatch) {
    document.set("metadata", Fields.object("the patch", mergePatch));
    return this;
  }

  /** Removes the structured metadata. */
  public MetadataPatch noStructured() {
    document.putNull("metadata");
    return this;
  }

  ObjectNode document() {
    return document;
  }
}
