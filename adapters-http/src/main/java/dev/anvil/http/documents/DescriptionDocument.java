package dev.anvil.http.documents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.http.documents.ObjectDocument.Headers;
import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.Description;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** What is kept about the bytes of an object beside them, as JSON. */
@Schema(name = "Description")
public record DescriptionDocument(
    Headers headers,
    Map<String, String> userMetadata,
    @Schema(type = "object", description = "Structured metadata") JsonNode metadata,
    Map<String, String> tags) {

  /** What it stands for; null for nothing. */
  public static Description toDescription(DescriptionDocument document) {
    return document == null ? Description.NONE : document.toDescription();
  }

  /** Null in a copy keeps what the source has. */
  public static Description orKeep(DescriptionDocument document) {
    return document == null ? null : document.toDescription();
  }

  private Description toDescription() {
    return Description.of(
        headers == null ? ContentHeaders.NONE : headers.toHeaders(),
        userMetadata == null ? Map.of() : userMetadata,
        structured(metadata),
        tags == null ? Map.of() : tags);
  }

  static byte[] structured(JsonNode node) {
    return node == null || node.isNull() ? null : Values.utf8(node.toString());
  }

  /** What the API shows of a description; structured metadata is left out. */
  public static DescriptionDocument of(Description description) {
    return new DescriptionDocument(
        Headers.of(description.headers()), description.userMetadata(), null, description.tags());
  }
}
