package dev.anvil.objects;

import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.json.JsonDocuments;
import java.util.Map;

/** The rule of structured metadata: one JSON object of bounded size, kept compact. */
public final class StructuredJson {
  private StructuredJson() {}

  /**
   * Checks and compacts.
   *
   * @param document UTF-8, or null
   * @return compact JSON, or null for null
   * @throws Invalid InvalidJson, or InvalidMetadata past {@link ObjectLimits#MAX_STRUCTURED_BYTES}
   */
  public static byte[] check(JsonDocuments json, byte[] document) {
    if (document == null) {
      return null;
    }
    byte[] compact = json.compactObject(document);
    if (compact.length > ObjectLimits.MAX_STRUCTURED_BYTES) {
      throw new Invalid(
          Invalid.Reason.METADATA,
          "structured metadata has "
              + compact.length
              + " bytes, at most "
              + ObjectLimits.MAX_STRUCTURED_BYTES,
          Map.of("bytes", compact.length, "limit", ObjectLimits.MAX_STRUCTURED_BYTES));
    }
    return compact;
  }
}
