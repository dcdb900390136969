package dev.anvil.http.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A request path, taken apart without any clean-up: what follows {@code /v1/buckets/{b}/objects/},
 * {@code manifests/} or {@code streams/} is one name, whatever slashes, dots or semicolons it
 * holds; elsewhere every slash separates.
 *
 * @param segments decoded segments, from {@code v1} on
 * @param verb what follows the last {@code :} of a POST path, or null; a verb holds no slash, so in
 *     {@code streams/a:b/c} the colon belongs to the name, and an encoded {@code %3A} never starts
 *     one
 */
public record Target(List<String> segments, String verb) {
  private static final Set<String> NAMED = Set.of("objects", "manifests", "streams");
  private static final int NAME_AT = 4;

  /** Parses a raw path; throws Invalid if it cannot be decoded. */
  public static Target parse(String method, String rawPath) {
    String path = rawPath;
    String verb = null;
    if (method.equals("POST")) {
      int colon = path.lastIndexOf(':');
      if (colon >= 0 && path.indexOf('/', colon) < 0) {
        verb = PercentCoding.decodePath(path.substring(colon + 1));
        path = path.substring(0, colon);
      }
    }
    List<String> segments = new ArrayList<>(8);
    int from = path.startsWith("/") ? 1 : 0;
    while (true) {
      boolean rest = segments.size() == NAME_AT && isNamed(segments);
      int slash = rest ? -1 : path.indexOf('/', from);
      segments.add(
          PercentCoding.decodePath(slash < 0 ? path.substring(from) : path.substring(from, slash)));
      if (slash < 0) {
        return new Target(List.copyOf(segments), verb);
      }
      from = slash + 1;
    }
  }

  /** The name after {@code objects/}, {@code manifests/} or {@code streams/}, or null. */
  public String name() {
    return segments.size() == NAME_AT + 1 && isNamed(segments) ? segments.get(NAME_AT) : null;
  }

  /** Whether it lies below {@code /v1/buckets/}. */
  public boolean ofBuckets() {
    return segments.size() > 2 && segments.get(0).equals("v1") && segments.get(1).equals("buckets");
  }

  /** The same as it came, of a path that cannot be decoded, or null. */
  public static String rawName(String rawPath) {
    String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
    String[] raw = path.split("/", NAME_AT + 1);
    List<String> segments = new ArrayList<>(raw.length);
    for (String segment : raw) {
      segments.add(new String(PercentCoding.lenientBytes(segment), StandardCharsets.UTF_8));
    }
    return raw.length == NAME_AT + 1 && isNamed(segments) ? raw[NAME_AT] : null;
  }

  private static boolean isNamed(List<String> segments) {
    return segments.get(0).equals("v1")
        && segments.get(1).equals("buckets")
        && NAMED.contains(segments.get(3));
  }

  /**
   * The same path with every segment encoded beyond ambiguity, for a router that knows segments.
   */
  public String canonicalPath() {
    StringBuilder out = new StringBuilder();
    for (String segment : segments) {
      out.append('/').append(PercentCoding.encode(segment));
    }
    return verb == null ? out.toString() : out.append(':').append(verb).toString();
  }
}
