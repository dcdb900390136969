package dev.anvil.objects;

import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rules of tags and user metadata; results are sorted and unmodifiable. */
public final class Labels {
  private Labels() {}

  /** Tags of an object; {@code Invalid} InvalidTag past a limit. */
  public static SortedMap<String, String> objectTags(Map<String, String> tags) {
    return tags(tags, ObjectLimits.MAX_OBJECT_TAGS);
  }

  /** Tags of a bucket; {@code Invalid} InvalidTag past a limit. */
  public static SortedMap<String, String> bucketTags(Map<String, String> tags) {
    return tags(tags, ObjectLimits.MAX_BUCKET_TAGS);
  }

  /** User metadata, names in lower case; {@code Invalid} InvalidMetadata past a limit. */
  public static SortedMap<String, String> userMetadata(Map<String, String> metadata) {
    SortedMap<String, String> out = new TreeMap<>();
    long bytes = 0;
    for (Map.Entry<String, String> e : metadata.entrySet()) {
      String name = e.getKey().toLowerCase(Locale.ROOT);
      checkMetadata(name, e.getValue());
      if (out.put(name, e.getValue()) != null) {
        throw metadata("user metadata '" + name + "' is given twice", name);
      }
      bytes += length(name) + length(e.getValue());
    }
    if (bytes > ObjectLimits.MAX_USER_METADATA_BYTES) {
      throw new Invalid(
          Invalid.Reason.METADATA,
          "user metadata has "
              + bytes
              + " bytes of names and values, at most "
              + ObjectLimits.MAX_USER_METADATA_BYTES,
          Map.of("bytes", bytes, "limit", ObjectLimits.MAX_USER_METADATA_BYTES));
    }
    return java.util.Collections.unmodifiableSortedMap(out);
  }

  private static void checkMetadata(String name, String value) {
    if (value == null) {
      throw metadata("user metadata '" + name + "' has no value; an empty one is \"\"", name);
    }
    if (name.isEmpty() || !name.chars().allMatch(Labels::tokenCharacter)) {
      throw metadata("user metadata name '" + name + "' is not a header name", name);
    }
    if (value.chars().anyMatch(c -> c < 0x20 && c != '\t' || c == 0x7F) || !whole(value)) {
      throw metadata("user metadata '" + name + "' holds a character that is not text", name);
    }
  }

  private static SortedMap<String, String> tags(Map<String, String> tags, int limit) {
    if (tags.size() > limit) {
      throw new Invalid(
          Invalid.Reason.TAG,
          tags.size() + " tags are too many, at most " + limit,
          Map.of("tags", tags.size(), "limit", limit));
    }
    tags.forEach(Labels::checkTag);
    return java.util.Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  private static void checkTag(String name, String value) {
    if (name == null || value == null) {
      throw new Invalid(
          Invalid.Reason.TAG, "tag '" + name + "' has no value; an empty one is written \"\"");
    }
    int n = name.codePointCount(0, name.length());
    int v = value.codePointCount(0, value.length());
    if (n < 1 || n > ObjectLimits.MAX_TAG_NAME || v > ObjectLimits.MAX_TAG_VALUE) {
      throw new Invalid(
          Invalid.Reason.TAG,
          "a tag has a name of 1 to "
              + ObjectLimits.MAX_TAG_NAME
              + " and a value of at most "
              + ObjectLimits.MAX_TAG_VALUE
              + " characters; '"
              + (n > 40 ? name.substring(0, name.offsetByCodePoints(0, 40)) + "..." : name)
              + "' has "
              + n
              + " and "
              + v,
          Map.of("nameLength", n, "valueLength", v));
    }
    if (name.chars().anyMatch(Character::isISOControl)
        || value.chars().anyMatch(Character::isISOControl)
        || !whole(name)
        || !whole(value)) {
      throw new Invalid(Invalid.Reason.TAG, "a tag holds a character that is not text; remove it");
    }
  }

  /** Half of a surrogate pair, as JSON can spell it, would be stored as a question mark. */
  private static boolean whole(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static boolean tokenCharacter(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  private static Invalid metadata(String detail, String name) {
    return new Invalid(Invalid.Reason.METADATA, detail, Map.of("name", name));
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
