package dev.anvil.s3.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding as Signature V4 wants it: unreserved characters stay, all else is encoded. */
public final class UriCoding {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private UriCoding() {}

  /** Decodes part of a path; {@code +} is a plus. */
  public static String decodePath(String raw) {
    return decode(raw, false);
  }

  /** Decodes a name or a value of a query or a form; {@code +} is a space. */
  public static String decodeQuery(String raw) {
    return decode(raw, true);
  }

  private static String decode(String raw, boolean plusIsSpace) {
    if (isPlain(raw)) {
      return raw;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        out.write(octet(raw, i));
        i += 2;
      } else if (c == '+' && plusIsSpace) {
        out.write(' ');
      } else if (c < 0x80) {
        out.write(c);
      } else {
        // what is no ASCII may have been decoded in any way before it came here: do not guess
        throw bad("a character at " + i + " is not percent-encoded");
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw bad("the decoded bytes are not UTF-8");
    }
  }

  private static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || c == '+' || c >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static int octet(String raw, int at) {
    if (at + 2 >= raw.length()
        || !HexFormat.isHexDigit(raw.charAt(at + 1))
        || !HexFormat.isHexDigit(raw.charAt(at + 2))) {
      throw bad("% at " + at + " is not followed by two hexadecimal digits");
    }
    return HexFormat.fromHexDigits(raw, at + 1, at + 3);
  }

  /** Encodes all but letters, digits, {@code - . _ ~}. */
  public static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    encode(text, false, out);
    return out.toString();
  }

  /** The same, but a slash stays: for paths, and for keys in listings. */
  public static String encodePath(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    encode(text, true, out);
    return out.toString();
  }

  private static void encode(String text, boolean slashStays, StringBuilder out) {
    int plain = plainPrefix(text, slashStays);
    out.append(text, 0, plain);
    if (plain == text.length()) {
      return;
    }
    for (byte b : text.substring(plain).getBytes(StandardCharsets.UTF_8)) {
      if (unreserved(b, slashStays)) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
      }
    }
  }

  private static int plainPrefix(String text, boolean slashStays) {
    int i = 0;
    while (i < text.length() && unreserved(text.charAt(i), slashStays)) {
      i++;
    }
    return i;
  }

  private static boolean unreserved(int c, boolean slashStays) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~'
        || c == '/' && slashStays;
  }

  private static S3Failure bad(String what) {
    return new S3Failure(
        S3Code.InvalidURI,
        "Couldn't parse the specified URI: " + what + ". Percent-encode UTF-8 bytes as %XX.");
  }
}
