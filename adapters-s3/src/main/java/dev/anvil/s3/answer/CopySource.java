package dev.anvil.s3.answer;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.UriCoding;

/**
 * What {@code x-amz-copy-source} names.
 *
 * @param version text of a version id, or null
 */
record CopySource(BucketName bucket, ObjectKey key, String version) {
  private static final String HEADER = "x-amz-copy-source";
  private static final String VERSION = "?versionId=";

  /** Reads the header; everything in it is percent-decoded exactly once. */
  static CopySource of(S3Call call) {
    String sent = call.headers().get(HEADER);
    String path = sent;
    String version = null;
    int at = sent.lastIndexOf(VERSION);
    if (at >= 0) {
      path = sent.substring(0, at);
      version = decode(sent, sent.substring(at + VERSION.length()));
    }
    String decoded = decode(sent, path);
    String name = decoded.startsWith("/") ? decoded.substring(1) : decoded;
    int slash = name.indexOf('/');
    if (slash < 0 || slash == name.length() - 1) {
      throw Numbers.argument(HEADER, sent, "Invalid copy source object key");
    }
    return new CopySource(bucket(sent, name.substring(0, slash)), key(name, slash), version);
  }

  /** Says which version was asked for. */
  void describe(S3Call call) {
    if (version != null) {
      Out.headers(call).put("x-amz-copy-source-version-id", version);
    }
  }

  /** The same of the version that was read, where the answer has not begun without it. */
  void describe(S3Call call, String read) {
    if (version == null && read != null && !call.exchange().begun()) {
      Out.headers(call).put("x-amz-copy-source-version-id", read);
    }
  }

  private static BucketName bucket(String sent, String name) {
    try {
      return new BucketName(name);
    } catch (Invalid e) {
      throw Numbers.argument(HEADER, sent, "Invalid copy source bucket name");
    }
  }

  private static ObjectKey key(String name, int slash) {
    return ObjectKey.of(name.substring(slash + 1));
  }

  private static String decode(String sent, String text) {
    try {
      // clients that send UTF-8 as it is mean just that; a plus is a space, as AWS has it
      return isAscii(text)
          ? UriCoding.decodePath(text.replace('+', ' '))
          : dev.anvil.s3.wire.HeaderText.in(text);
    } catch (S3Failure e) {
      throw Numbers.argument(HEADER, sent, "Invalid copy source encoding");
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
