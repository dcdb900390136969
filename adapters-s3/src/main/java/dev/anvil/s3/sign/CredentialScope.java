package dev.anvil.s3.sign;

/**
 * Who signed and what the key is good for.
 *
 * @param accessKey access key id
 * @param date eight digits
 * @param region region
 * @param service service
 * @param terminal the last part, {@code aws4_request} if all is well
 */
public record CredentialScope(
    String accessKey, String date, String region, String service, String terminal) {
  /** What the last part must be. */
  public static final String TERMINAL = "aws4_request";

  /**
   * Takes a credential apart; null if it does not have five parts. An access key may hold slashes.
   */
  public static CredentialScope parse(String text) {
    String[] parts = text.split("/", -1);
    int n = parts.length;
    if (n < 5) {
      return null;
    }
    int keyLength = text.length();
    for (int i = n - 4; i < n; i++) {
      keyLength -= parts[i].length() + 1;
    }
    String key = text.substring(0, keyLength);
    return key.isEmpty()
        ? null
        : new CredentialScope(key, parts[n - 4], parts[n - 3], parts[n - 2], parts[n - 1]);
  }

  /** All but the access key, as strings to sign carry it. */
  public String text() {
    return date + "/" + region + "/" + service + "/" + terminal;
  }
}
