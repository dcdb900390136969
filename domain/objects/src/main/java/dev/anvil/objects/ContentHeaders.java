package dev.anvil.objects;

import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Headers kept with a version and sent with its content; each null when absent.
 *
 * @param contentType media type
 * @param contentEncoding Content-Encoding
 * @param contentLanguage Content-Language
 * @param contentDisposition Content-Disposition
 * @param cacheControl Cache-Control
 * @param expires Expires, as sent
 * @param redirect where a website would send who asks for this; only kept and told
 */
public record ContentHeaders(
    String contentType,
    String contentEncoding,
    String contentLanguage,
    String contentDisposition,
    String cacheControl,
    String expires,
    String redirect) {
  /** None. */
  public static final ContentHeaders NONE = new ContentHeaders(null, null, null, null, null, null);

  /** Without a redirect. */
  public ContentHeaders(
      String contentType,
      String contentEncoding,
      String contentLanguage,
      String contentDisposition,
      String cacheControl,
      String expires) {
    this(
        contentType,
        contentEncoding,
        contentLanguage,
        contentDisposition,
        cacheControl,
        expires,
        null);
  }

  /** Only a media type. */
  public static ContentHeaders ofType(String contentType) {
    return new ContentHeaders(contentType, null, null, null, null, null);
  }

  /**
   * Refuses control characters and what passes the limits.
   *
   * @throws Invalid InvalidArgument
   */
  public ContentHeaders {
    int total = check("Content-Type", contentType);
    total += check("Content-Encoding", contentEncoding);
    total += check("Content-Language", contentLanguage);
    total += check("Content-Disposition", contentDisposition);
    total += check("Cache-Control", cacheControl);
    total += check("Expires", expires);
    total += check("the redirect", redirect, ObjectLimits.MAX_REDIRECT);
    if (total > ObjectLimits.MAX_CONTENT_HEADERS) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "content headers have " + total + " bytes, at most " + ObjectLimits.MAX_CONTENT_HEADERS,
          Map.of("bytes", total, "limit", ObjectLimits.MAX_CONTENT_HEADERS));
    }
  }

  /** The same with another media type, or none. */
  ContentHeaders withContentType(String type) {
    return new ContentHeaders(
        type,
        contentEncoding,
        contentLanguage,
        contentDisposition,
        cacheControl,
        expires,
        redirect);
  }

  /** The same with another redirect, or none. */
  public ContentHeaders withRedirect(String location) {
    return new ContentHeaders(
        contentType,
        contentEncoding,
        contentLanguage,
        contentDisposition,
        cacheControl,
        expires,
        location);
  }

  private static int check(String name, String value) {
    return check(name, value, ObjectLimits.MAX_HEADER_VALUE);
  }

  private static int check(String name, String value, int limit) {
    if (value == null) {
      return 0;
    }
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    if (length > limit) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          name + " has " + length + " bytes, at most " + limit,
          Map.of("header", name, "bytes", length, "limit", limit));
    }
    if (value.chars().anyMatch(c -> c < 0x20 && c != '\t' || c == 0x7F)) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          name + " holds a control character; remove it",
          Map.of("header", name));
    }
    return length;
  }
}
