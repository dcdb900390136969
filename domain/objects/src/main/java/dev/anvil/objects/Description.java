package dev.anvil.objects;

import java.util.Map;
import java.util.SortedMap;

/**
 * What is kept about the bytes of a version beside them.
 *
 * @param headers content headers
 * @param userMetadata names and values, checked by {@link Labels}
 * @param structured structured metadata as JSON, or null
 * @param tags checked by {@link Labels}
 */
public record Description(
    ContentHeaders headers,
    SortedMap<String, String> userMetadata,
    byte[] structured,
    SortedMap<String, String> tags) {
  /** Nothing is said. */
  public static final Description NONE = of(ContentHeaders.NONE, Map.of(), null, Map.of());

  /** Checks and sorts. */
  public Description {
    userMetadata = Labels.userMetadata(userMetadata);
    tags = Labels.objectTags(tags);
  }

  /** The same without a redirect, which belongs to one object and is no part of its copies. */
  public Description withoutRedirect() {
    return headers.redirect() == null
        ? this
        : new Description(headers.withRedirect(null), userMetadata, structured, tags);
  }

  /** From maps in any order. */
  public static Description of(
      ContentHeaders headers,
      Map<String, String> userMetadata,
      byte[] structured,
      Map<String, String> tags) {
    return new Description(
        headers, Labels.userMetadata(userMetadata), structured, Labels.objectTags(tags));
  }
}
