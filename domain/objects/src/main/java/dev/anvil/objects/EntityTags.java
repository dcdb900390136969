package dev.anvil.objects;

import dev.anvil.ports.failure.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The entity tags of an If-Match or If-None-Match condition (RFC 9110, 13.1).
 *
 * @param any whether it was {@code *}
 * @param tags tags in order, empty for {@code *}
 */
public record EntityTags(boolean any, List<Tag> tags) {
  /**
   * One tag.
   *
   * @param weak whether it was marked {@code W/}
   * @param value without quotes
   */
  public record Tag(boolean weak, String value) {}

  /** Any current representation. */
  public static final EntityTags ANY = new EntityTags(true, List.of());

  /** Copies and bounds the list. */
  public EntityTags {
    tags = List.copyOf(tags);
    if (tags.size() > ObjectLimits.MAX_ENTITY_TAGS) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          tags.size() + " entity tags are too many, at most " + ObjectLimits.MAX_ENTITY_TAGS,
          Map.of("tags", tags.size(), "limit", ObjectLimits.MAX_ENTITY_TAGS));
    }
  }

  /** One strong tag. */
  public static EntityTags of(String etag) {
    return new EntityTags(false, List.of(new Tag(false, etag)));
  }

  /**
   * Parses a field value; tags without quotes are taken as strong, as many clients send them.
   *
   * @throws Invalid InvalidArgument
   */
  public static EntityTags parse(String field) {
    String text = field.strip();
    if (text.equals("*")) {
      return ANY;
    }
    List<Tag> tags = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      boolean weak = text.startsWith("W/", at);
      at += weak ? 2 : 0;
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      int end = quoted ? text.indexOf('"', at + 1) : text.indexOf(',', at);
      if (quoted && end < 0) {
        throw refuse();
      }
      end = end < 0 ? text.length() : end;
      String value = quoted ? text.substring(at + 1, end) : text.substring(at, end).strip();
      if (!quoted && (value.isEmpty() || value.indexOf('"') >= 0)) {
        throw refuse();
      }
      tags.add(new Tag(weak, value));
      at = nextTag(text, quoted ? end + 1 : end);
      if (tags.size() > ObjectLimits.MAX_ENTITY_TAGS) {
        break;
      }
    }
    if (tags.isEmpty()) {
      throw refuse();
    }
    return new EntityTags(false, tags);
  }

  /** Strong comparison with the tag of a version; null means there is no current version. */
  public boolean matchesStrongly(String etag) {
    return etag != null && (any || tags.stream().anyMatch(t -> !t.weak && t.value.equals(etag)));
  }

  /** Weak comparison with the tag of a version; null means there is no current version. */
  public boolean matchesWeakly(String etag) {
    return etag != null && (any || tags.stream().anyMatch(t -> t.value.equals(etag)));
  }

  private static int nextTag(String text, int from) {
    int at = skipSpace(text, from);
    if (at == text.length()) {
      return at;
    }
    if (text.charAt(at) != ',') {
      throw refuse();
    }
    return skipSpace(text, at + 1);
  }

  private static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  private static Invalid refuse() {
    return new Invalid(
        Invalid.Reason.ARGUMENT,
        "a condition is '*' or a list of entity tags such as \"0123abcd\", W/\"0123abcd\"");
  }
}
