package dev.anvil.objects.copies;

import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.Description;
import dev.anvil.ports.failure.Invalid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A change of metadata in the manner of RFC 7396: what is not named stays, an empty value removes.
 *
 * @param headers by name in lower case: content-type, content-encoding, content-language,
 *     content-disposition, cache-control, expires
 * @param userMetadata by name
 * @param structured merge patch of the structured metadata, or null; {@code null} as JSON removes
 *     it
 * @param tags by name
 */
public record MetadataPatch(
    Map<String, Optional<String>> headers,
    Map<String, Optional<String>> userMetadata,
    byte[] structured,
    Map<String, Optional<String>> tags) {
  private static final List<String> NAMES =
      List.of(
          "content-type",
          "content-encoding",
          "content-language",
          "content-disposition",
          "cache-control",
          "expires");

  /** Copies, and refuses headers that are not kept. */
  public MetadataPatch {
    headers = Map.copyOf(headers);
    userMetadata = Map.copyOf(userMetadata);
    tags = Map.copyOf(tags);
    for (String name : headers.keySet()) {
      if (!NAMES.contains(name)) {
        throw new Invalid(
            Invalid.Reason.ARGUMENT,
            "header '" + name + "' is not kept; change one of " + NAMES,
            Map.of("header", name));
      }
    }
  }

  /** Whether it changes nothing. */
  public boolean isEmpty() {
    return headers.isEmpty() && userMetadata.isEmpty() && structured == null && tags.isEmpty();
  }

  /** The description after the change; the structured metadata is the caller's to patch. */
  Description apply(Description before, byte[] structuredAfter) {
    ContentHeaders h = before.headers();
    return Description.of(
        new ContentHeaders(
            header("content-type", h.contentType()),
            header("content-encoding", h.contentEncoding()),
            header("content-language", h.contentLanguage()),
            header("content-disposition", h.contentDisposition()),
            header("cache-control", h.cacheControl()),
            header("expires", h.expires()),
            h.redirect()),
        merged(before.userMetadata(), userMetadata),
        structuredAfter,
        merged(before.tags(), tags));
  }

  private String header(String name, String before) {
    Optional<String> change = headers.get(name);
    return change == null ? before : change.orElse(null);
  }

  private static SortedMap<String, String> merged(
      SortedMap<String, String> before, Map<String, Optional<String>> changes) {
    SortedMap<String, String> after = new TreeMap<>(before);
    changes.forEach(
        (name, value) -> value.ifPresentOrElse(v -> after.put(name, v), () -> after.remove(name)));
    return after;
  }
}
