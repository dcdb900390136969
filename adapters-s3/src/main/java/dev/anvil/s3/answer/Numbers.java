package dev.anvil.s3.answer;

import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.util.Map;

/** Numbers of queries and headers. */
final class Numbers {
  private Numbers() {}

  /** A count of entries: not negative, and answered as at most the limit. */
  static int count(String name, String text, int otherwise, int limit) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    return (int) Math.min(limit, number(name, text));
  }

  /** A number that is not negative and fits. */
  static long number(String name, String text) {
    if (text.length() > 10 || text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw argument(
          name, text, "Argument " + name + " must be an integer between 0 and 2147483647");
    }
    long number = Long.parseLong(text);
    if (number > Integer.MAX_VALUE) {
      throw argument(
          name, text, "Argument " + name + " must be an integer between 0 and 2147483647");
    }
    return number;
  }

  /** The refusal of an argument. */
  static S3Failure argument(String name, String value, String message) {
    String shown = value == null ? "" : value;
    return new S3Failure(
        S3Code.InvalidArgument,
        message,
        Map.of(
            "ArgumentName",
            name,
            "ArgumentValue",
            shown.length() <= 128 ? shown : shown.substring(0, 128) + "..."));
  }
}
