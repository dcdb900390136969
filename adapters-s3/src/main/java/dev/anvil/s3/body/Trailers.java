package dev.anvil.s3.body;

import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What follows the last chunk.
 *
 * @param fields names in lower case and values, without the signature
 * @param signature of the trailers, or null
 * @param signed the lines as their signature sees them
 */
record Trailers(Map<String, String> fields, String signature, String signed) {
  private static final String SIGNATURE = "x-amz-trailer-signature";

  /** Parses all that follows the last chunk: lines, and an empty one. */
  static Trailers parse(String text) {
    if (text == null) {
      throw malformed("they are too long");
    }
    if (!text.endsWith("\n") || !endsEmpty(text)) {
      throw ChunkReader.incomplete("it ends before the empty line");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    StringBuilder signed = new StringBuilder();
    String signature = null;
    for (String raw : text.split("\n")) {
      String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
      if (line.indexOf('\r') >= 0) {
        throw ChunkReader.incomplete("a line of the trailers does not end");
      }
      if (line.isBlank()) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw malformed("a line has no colon");
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals(SIGNATURE)) {
        signature = value;
        if (!value.matches("[0-9a-f]{64}")) {
          throw ChunkReader.incomplete("the signature of the trailers is none");
        }
      } else {
        if (fields.put(name, value) != null) {
          throw malformed("a name is given twice");
        }
        signed.append(name).append(':').append(value).append('\n');
      }
    }
    return new Trailers(fields, signature, signed.toString());
  }

  /** Whether the last line is empty. */
  private static boolean endsEmpty(String text) {
    String before = text.substring(0, text.length() - 1);
    if (before.endsWith("\r")) {
      before = before.substring(0, before.length() - 1);
    }
    return before.isEmpty() || before.endsWith("\n");
  }

  static S3Failure malformed(String why) {
    return new S3Failure(
        S3Code.MalformedTrailerError,
        S3Code.MalformedTrailerError.message(),
        Map.of("Detail", why));
  }
}
