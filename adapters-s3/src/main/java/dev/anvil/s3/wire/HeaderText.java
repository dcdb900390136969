package dev.anvil.s3.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text in header values. The wire carries bytes, and each is seen as one character here; clients
 * that send anything but ASCII send UTF-8.
 */
public final class HeaderText {
  private HeaderText() {}

  /** The text a value stands for: UTF-8 if its bytes are, else Latin-1. */
  public static String in(String value) {
    if (value == null || isAscii(value)) {
      return value;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0xff) {
        return value;
      }
    }
    try {
      byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return value;
    }
  }

  /** The value whose bytes are the text in UTF-8; control characters become spaces. */
  public static String out(String text) {
    String bytes =
        isAscii(text)
            ? text
            : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return bytes.chars().anyMatch(c -> c < 0x20 || c == 0x7f)
        ? bytes.replaceAll("[\\x00-\\x1f\\x7f]", " ")
        : bytes;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
