package dev.anvil.backup.s3;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a bucket.
 *
 * @param endpoint scheme, host and port
 * @param bucket addressed in the path
 * @param prefix of all names, empty or ending with a slash
 */
public record S3Place(URI endpoint, String bucket, String prefix) {
  private static final Pattern FORM =
      Pattern.compile(
          "s3\\+(https?://[A-Za-z0-9.:\\[\\]-]+)/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])"
              + "(?:/([A-Za-z0-9_-][A-Za-z0-9._/-]*?))?/?");

  /** Whether the text means an S3 endpoint rather than a folder. */
  public static boolean isOne(String text) {
    return text.startsWith("s3+") || text.startsWith("s3:");
  }

  /**
   * Reads {@code s3+https://HOST[:PORT]/BUCKET[/PREFIX]}.
   *
   * @throws IllegalArgumentException with the form
   */
  public static S3Place parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "': expected s3+https://HOST[:PORT]/BUCKET[/PREFIX], or a folder");
    }
    String prefix = m.group(3) == null ? "" : m.group(3) + "/";
    return new S3Place(URI.create(m.group(1)), m.group(2), prefix);
  }

  @Override
  public String toString() {
    return "s3+" + endpoint + "/" + bucket + "/" + prefix;
  }
}
