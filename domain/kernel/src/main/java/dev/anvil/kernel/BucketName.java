package dev.anvil.kernel;

import dev.anvil.ports.failure.Invalid;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Name of a bucket: 3 to 63 characters of lower-case letters, digits, {@code -} and {@code .}, with
 * a letter or digit at both ends, without {@code ..}, {@code .-} or {@code -.}, and not an IPv4
 * address. Anything else is {@code Invalid} InvalidBucketName.
 */
public record BucketName(String value) implements Comparable<BucketName> {
  /** Fewest characters. */
  public static final int MIN_LENGTH = 3;

  /** Most characters. */
  public static final int MAX_LENGTH = 63;

  private static final Pattern IPV4 = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");

  /** Checks every rule. */
  public BucketName {
    int length = value.length();
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw refuse(value, "it has " + length + " characters; use 3 to 63");
    }
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (!alphanumeric(c) && c != '-' && c != '.') {
        throw refuse(value, "use lower-case letters, digits, '-' and '.' only");
      }
    }
    if (!alphanumeric(value.charAt(0)) || !alphanumeric(value.charAt(length - 1))) {
      throw refuse(value, "start and end with a letter or digit");
    }
    if (value.contains("..") || value.contains(".-") || value.contains("-.")) {
      throw refuse(value, "'..', '.-' and '-.' are not allowed");
    }
    if (IPV4.matcher(value).matches()) {
      throw refuse(value, "it looks like an IPv4 address");
    }
  }

  @Override
  public int compareTo(BucketName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean alphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }

  private static Invalid refuse(String value, String rule) {
    String shown = value.length() <= 100 ? value : value.substring(0, 100) + "...";
    return new Invalid(
        Invalid.Reason.BUCKET_NAME,
        "bucket name '" + shown + "' is not valid: " + rule,
        Map.of("bucket", shown, "maxLength", MAX_LENGTH));
  }
}
