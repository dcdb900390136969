package dev.anvil.identity;

import java.util.Map;

/**
 * What is known of a request beside its caller; conditions on relationships may ask for it.
 *
 * @param ip address of the client, or null where it is not known
 * @param secure whether the connection was encrypted
 * @param context further JSON values by name, which the caller was allowed to state
 * @param revisionToken decide at this revision of the relationships or a later one; or null
 */
public record Circumstances(
    String ip, boolean secure, Map<String, Object> context, String revisionToken) {
  /** Nothing is known. */
  public static final Circumstances NONE = new Circumstances(null, false, Map.of(), null);

  /** Where a request came from. */
  public static Circumstances from(String ip, boolean secure) {
    return new Circumstances(ip, secure, Map.of(), null);
  }
}
