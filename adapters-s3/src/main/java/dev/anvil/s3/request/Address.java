package dev.anvil.s3.request;

import dev.anvil.s3.wire.UriCoding;
import java.util.List;
import java.util.Locale;

/**
 * Which bucket and key a request is about, as text that nothing has checked yet.
 *
 * @param bucket null for the service itself
 * @param key null for the bucket itself
 * @param virtualHost whether the host named the bucket
 */
public record Address(String bucket, String key, boolean virtualHost) {
  /** The bucket that a host names under one of the domains, or null. */
  public static String bucketOfHost(String host, List<String> domains) {
    if (host == null || domains.isEmpty()) {
      return null;
    }
    String name = withoutPort(host).toLowerCase(Locale.ROOT);
    for (String domain : domains) {
      int at = name.length() - domain.length() - 1;
      if (at > 0 && name.charAt(at) == '.' && name.endsWith(domain)) {
        return name.substring(0, at);
      }
    }
    return null;
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }

  /**
   * Takes a raw path apart; no slash, dot or semicolon of a key is cleaned away.
   *
   * @param hostBucket bucket that the host named, or null
   */
  public static Address of(String hostBucket, String rawPath) {
    String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
    if (hostBucket != null) {
      return new Address(hostBucket, path.isEmpty() ? null : UriCoding.decodePath(path), true);
    }
    if (path.isEmpty()) {
      return new Address(null, null, false);
    }
    int slash = path.indexOf('/');
    String bucket = UriCoding.decodePath(slash < 0 ? path : path.substring(0, slash));
    String key = slash < 0 || slash == path.length() - 1 ? null : path.substring(slash + 1);
    return new Address(bucket, key == null ? null : UriCoding.decodePath(key), false);
  }
}
