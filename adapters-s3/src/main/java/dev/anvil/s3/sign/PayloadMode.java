package dev.anvil.s3.sign;

import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.util.HexFormat;
import java.util.Map;

/** What {@code x-amz-content-sha256} says of the body. */
public sealed interface PayloadMode {
  /** SHA-256 of the empty body, in hexadecimal digits. */
  String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  /** The text that says that the body is not signed. */
  String UNSIGNED = "UNSIGNED-PAYLOAD";

  /** The body's SHA-256 is signed. */
  record Hashed(String hex) implements PayloadMode {
    /** The hash. */
    public byte[] sha256() {
      return HexFormat.of().parseHex(hex);
    }
  }

  /** Nothing is said of the body. */
  record Unsigned() implements PayloadMode {}

  /**
   * The body is aws-chunked and each chunk is signed.
   *
   * @param trailer whether signed trailers follow
   */
  record SignedChunks(boolean trailer) implements PayloadMode {}

  /** The body is aws-chunked, not signed, and trailers may follow. */
  record UnsignedChunks() implements PayloadMode {}

  /**
   * Parses the header's value.
   *
   * @throws S3Failure InvalidArgument if it is none of them, NotImplemented for asymmetric
   *     signatures
   */
  static PayloadMode parse(String text) {
    return switch (text) {
      case UNSIGNED -> new Unsigned();
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" -> new SignedChunks(false);
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" -> new SignedChunks(true);
      case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> new UnsignedChunks();
      case "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD",
          "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER" ->
          throw new S3Failure(
              S3Code.NotImplemented, "Asymmetric signatures (" + text + ") are not implemented.");
      default -> {
        if (text.length() != 64 || !hexadecimal(text)) {
          throw new S3Failure(
              S3Code.InvalidArgument,
              "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
                  + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, "
                  + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, "
                  + "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, "
                  + "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
              Map.of("ArgumentName", "x-amz-content-sha256", "ArgumentValue", shortened(text)));
        }
        yield new Hashed(text.toLowerCase(java.util.Locale.ROOT));
      }
    };
  }

  /** Whether the body is wrapped in aws-chunked. */
  default boolean chunked() {
    return this instanceof SignedChunks || this instanceof UnsignedChunks;
  }

  private static boolean hexadecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String shortened(String text) {
    return text.length() <= 128 ? text : text.substring(0, 128) + "...";
  }
}
