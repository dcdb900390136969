package dev.anvil.s3.answer;

import dev.anvil.objects.multipart.MultipartLimits;

/** Numbers of parts. */
final class PartNumbers {
  private PartNumbers() {}

  /** 1 to 10,000. */
  static int parse(String sent) {
    boolean number = sent != null && sent.matches("[0-9]{1,9}") && Integer.parseInt(sent) >= 1;
    if (!number || Integer.parseInt(sent) > MultipartLimits.MAX_PARTS) {
      throw Numbers.argument(
          "partNumber", sent, "Part number must be an integer between 1 and 10000, inclusive.");
    }
    return Integer.parseInt(sent);
  }
}
