package dev.anvil.http.wire;

import dev.anvil.ports.failure.Invalid;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** Percent-encoding, strict: every {@code %} is followed by two digits and the bytes are UTF-8. */
public final class PercentCoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentCoding() {}

  /** Decodes part of a path; {@code +} is a plus. */
  public static String decodePath(String raw) {
    return decode(raw, false);
  }

  /** Decodes part of a query or form; {@code +} is a space. */
  public static String decodeForm(String raw) {
    return decode(raw, true);
  }

  private static String decode(String raw, boolean plusIsSpace) {
    if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0 && isPlainAscii(raw)) {
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
      } else if (c > ' ' && c < 0x7f) {
        out.write(c);
      } else {
        // what is no ASCII may have been decoded in any way before it came here: refuse, do not
        // guess
        throw bad("byte " + Integer.toHexString(c) + " at " + i + " is not percent-encoded");
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

  /** The bytes meant, as far as they can be told: what is no escape stands for itself. */
  public static byte[] lenientBytes(String raw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' && isEscape(raw, i)) {
        out.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
        i += 2;
      } else {
        out.write(c);
      }
    }
    return out.toByteArray();
  }

  private static boolean isPlainAscii(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) <= ' ' || raw.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static int octet(String raw, int at) {
    if (!isEscape(raw, at)) {
      throw bad("% at " + at + " is not followed by two hexadecimal digits");
    }
    return HexFormat.fromHexDigits(raw, at + 1, at + 3);
  }

  private static boolean isEscape(String raw, int at) {
    return at + 2 < raw.length()
        && HexFormat.isHexDigit(raw.charAt(at + 1))
        && HexFormat.isHexDigit(raw.charAt(at + 2));
  }

  /** Encodes all but letters, digits, {@code -}, {@code _} and {@code ~}: dots and colons too. */
  public static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 'a' && b <= 'z'
          || b >= 'A' && b <= 'Z'
          || b >= '0' && b <= '9'
          || b == '-'
          || b == '_'
          || b == '~') {
        out.append((char) b);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }

  private static Invalid bad(String what) {
    return new Invalid(
        Invalid.Reason.REQUEST,
        "The request target cannot be decoded: " + what + ". Percent-encode UTF-8 bytes as %XX.",
        Map.of("rule", "percent-encoded UTF-8"));
  }
}
