package dev.anvil.s3.answer;

import dev.anvil.objects.ObjectLimits;
import dev.anvil.s3.wire.QueryText;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.UriCoding;
import dev.anvil.s3.wire.XmlTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tags as S3 spells them: narrower than what may be kept, with refusals of their own. */
final class TagSets {
  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private TagSets() {}

  /** Tags of a bucket out of an element with {@code Tag} children. */
  static Map<String, String> ofBucket(XmlTree set) {
    return of(set, ObjectLimits.MAX_BUCKET_TAGS, "Bucket tag count cannot be greater than 50");
  }

  /** Tags of an object out of an element with {@code Tag} children. */
  static Map<String, String> ofObject(XmlTree set) {
    return of(set, ObjectLimits.MAX_OBJECT_TAGS, "Object tags cannot be greater than 10");
  }

  /** Tags that a rule names. */
  static Map<String, String> ofRule(List<XmlTree> named) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (XmlTree tag : named) {
      tag.only(Set.of("Key", "Value"));
      put(tags, tag.required("Key"), tag.required("Value"));
    }
    return tags;
  }

  private static Map<String, String> of(XmlTree set, int limit, String tooMany) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (XmlTree tag : set.only(Set.of("Tag")).children()) {
      tag.only(Set.of("Key", "Value"));
      put(tags, tag.required("Key"), tag.required("Value"));
    }
    if (tags.size() > limit) {
      throw new S3Failure(S3Code.BadRequest, tooMany);
    }
    return tags;
  }

  /** Tags of a header, form-encoded. */
  static Map<String, String> ofHeader(String sent) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (sent == null || sent.isBlank()) {
      return tags;
    }
    for (QueryText.Pair pair : pairs(sent)) {
      if (pair.name().isEmpty() || tags.containsKey(pair.name())) {
        throw malformed(sent);
      }
      put(tags, pair.name(), pair.value());
    }
    if (tags.size() > ObjectLimits.MAX_OBJECT_TAGS) {
      throw new S3Failure(S3Code.BadRequest, "Object tags cannot be greater than 10");
    }
    return tags;
  }

  /** The header that says the same; none for no tags. */
  static Map<String, String> header(Map<String, String> tags) {
    return tags.isEmpty()
        ? Map.of()
        : Map.of(
            Described.TAGGING,
            tags.entrySet().stream()
                .map(e -> UriCoding.encode(e.getKey()) + "=" + UriCoding.encode(e.getValue()))
                .collect(Collectors.joining("&")));
  }

  private static List<QueryText.Pair> pairs(String sent) {
    try {
      return QueryText.parse(sent).pairs();
    } catch (S3Failure e) {
      throw malformed(sent);
    }
  }

  private static S3Failure malformed(String sent) {
    return Numbers.argument(
        Described.TAGGING,
        sent,
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters"
            + " without tag name duplicates.");
  }

  private static void put(Map<String, String> tags, String name, String value) {
    if (name.isEmpty()
        || name.length() > ObjectLimits.MAX_TAG_NAME
        || !ALLOWED.matcher(name).matches()) {
      throw new S3Failure(S3Code.InvalidTag, "The TagKey you have provided is invalid");
    }
    if (name.startsWith("aws:")) {
      throw new S3Failure(S3Code.InvalidTag, "System tags cannot be added/updated by requester");
    }
    if (value.length() > ObjectLimits.MAX_TAG_VALUE || !ALLOWED.matcher(value).matches()) {
      throw new S3Failure(S3Code.InvalidTag, "The TagValue you have provided is invalid");
    }
    if (tags.put(name, value) != null) {
      throw new S3Failure(S3Code.InvalidTag, "Cannot provide multiple Tags with the same key");
    }
  }
}
