package dev.anvil.s3.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query, taken apart in the order in which it came.
 *
 * @param pairs decoded names and values; a name without {@code =} has an empty value
 */
public record QueryText(List<Pair> pairs) {
  /** A name and its value, both decoded. */
  public record Pair(String name, String value) {}

  /** No query at all. */
  public static final QueryText NONE = new QueryText(List.of());

  /** Copies the list. */
  public QueryText {
    pairs = List.copyOf(pairs);
  }

  /**
   * Parses a raw query.
   *
   * @throws S3Failure InvalidURI if it cannot be decoded, InvalidRequest if there is too much of it
   */
  public static QueryText parse(String raw) {
    if (raw == null || raw.isEmpty()) {
      return NONE;
    }
    List<Pair> pairs = new ArrayList<>();
    int from = 0;
    while (from <= raw.length()) {
      int and = raw.indexOf('&', from);
      int end = and < 0 ? raw.length() : and;
      if (end > from) {
        int equals = raw.indexOf('=', from);
        boolean valued = equals >= 0 && equals < end;
        String name = UriCoding.decodeQuery(raw.substring(from, valued ? equals : end));
        String value = valued ? UriCoding.decodeQuery(raw.substring(equals + 1, end)) : "";
        pairs.add(new Pair(name, value));
        if (pairs.size() > S3Limits.MAX_QUERY_PARAMETERS) {
          throw new S3Failure(
              S3Code.InvalidRequest,
              "A query has at most " + S3Limits.MAX_QUERY_PARAMETERS + " parameters.");
        }
      }
      from = end + 1;
    }
    return new QueryText(pairs);
  }

  /** Whether the name is there, with or without a value. */
  public boolean has(String name) {
    for (Pair pair : pairs) {
      if (pair.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The first value of the name; empty text counts. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(orNull(name));
  }

  /** The first value of the name, or null. */
  public String orNull(String name) {
    for (Pair pair : pairs) {
      if (pair.name().equals(name)) {
        return pair.value();
      }
    }
    return null;
  }
}
