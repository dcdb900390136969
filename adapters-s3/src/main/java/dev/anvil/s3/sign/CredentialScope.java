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

  /** Takes a credential apart; null if it does not have five parts. */
  public static CredentialScope parse(String text) {
    String[] parts = text.split("/", -1);
    int n = parts.length;
    return n != 5 || parts[0].isEmpty()
        ? null
        : new CredentialScope(parts[0], parts[1], parts[2], parts[3], parts[4]);
  }

  /** All but the access key, as strings to sign carry it. */
  public String text() {
    return date + "/" + region + "/" + service + "/" + terminal;
  }
}
