package dev.anvil.client;

import dev.anvil.client.http.Paths;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a read asks for. Values; each method gives a new one. */
public final class ReadOptions {
  /** The whole current version. */
  public static final ReadOptions NONE = new ReadOptions(null, Map.of());

  private final String version;
  private final Map<String, String> headers;

  private ReadOptions(String version, Map<String, String> headers) {
    this.version = version;
    this.headers = headers;
  }

  private ReadOptions with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ReadOptions(version, more);
  }

  /** This version instead of the current one. */
  public ReadOptions version(String id) {
    return new ReadOptions(id, headers);
  }

  /** So many bytes from an offset on; fewer if the object ends before. */
  public ReadOptions range(long offset, long length) {
    if (offset < 0 || length < 1) {
      throw new IllegalArgumentException(
          "range of " + length + " bytes at " + offset + ": expected 1 or more at 0 or later");
    }
    return with("Range", "bytes=" + offset + "-" + (Math.addExact(offset, length) - 1));
  }

  /** From an offset to the end. */
  public ReadOptions from(long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("range from " + offset + ": expected 0 or more");
    }
    return with("Range", "bytes=" + offset + "-");
  }

  /** 412 {@code PreconditionFailed} unless it has this entity tag. */
  public ReadOptions ifMatch(String etag) {
    return with("If-Match", Fields.quoted(etag));
  }

  /** An exception of status 304 if it has this entity tag. */
  public ReadOptions ifNoneMatch(String etag) {
    return with("If-None-Match", Fields.quoted(etag));
  }

  /** An exception of status 304 unless it is newer; to the second. */
  public ReadOptions ifModifiedSince(Instant time) {
    return with("If-Modified-Since", date(time));
  }

  /** 412 {@code PreconditionFailed} if it is newer; to the second. */
  public ReadOptions ifUnmodifiedSince(Instant time) {
    return with("If-Unmodified-Since", date(time));
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  String query() {
    return version == null ? "" : "?version=" + Paths.value(version);
  }

  Map<String, String> headers() {
    return headers;
  }
}
