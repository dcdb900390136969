package dev.anvil.kernel;

import dev.anvil.ports.failure.Invalid;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Key of an object, manifest or stream: 1 to 1,024 bytes of valid UTF-8, compared as unsigned
 * bytes. Anything else is {@code Invalid} InvalidKey.
 */
public final class ObjectKey implements Comparable<ObjectKey> {
  /** Most bytes of UTF-8. */
  public static final int MAX_BYTES = 1024;

  private final byte[] utf8;
  private final String text;

  private ObjectKey(byte[] utf8, String text) {
    if (utf8.length == 0 || utf8.length > MAX_BYTES) {
      throw new Invalid(
          Invalid.Reason.KEY,
          "a key has 1 to " + MAX_BYTES + " bytes of UTF-8, this one has " + utf8.length,
          Map.of("bytes", utf8.length, "limit", MAX_BYTES));
    }
    this.utf8 = utf8;
    this.text = text;
  }

  /** From text; an unpaired surrogate is refused. */
  public static ObjectKey of(String text) {
    return new ObjectKey(encode(text, "key"), text);
  }

  /** From bytes, which are copied. */
  public static ObjectKey of(byte[] utf8) {
    return new ObjectKey(utf8.clone(), decode(utf8, "key"));
  }

  /** Strict UTF-8 of a key, prefix or delimiter; {@code what} names it in the refusal. */
  public static byte[] encode(String text, String what) {
    if (isAscii(text)) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    try {
      ByteBuffer b = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[b.remaining()];
      b.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new Invalid(
          Invalid.Reason.KEY, "the " + what + " holds an unpaired surrogate; send valid Unicode");
    }
  }

  /** Text of strict UTF-8; {@code what} names it in the refusal. */
  public static String decode(byte[] utf8, String what) {
    if (isAscii(utf8)) {
      return new String(utf8, StandardCharsets.US_ASCII);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new Invalid(Invalid.Reason.KEY, "the " + what + " is not valid UTF-8");
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** The bytes, as a copy. */
  public byte[] utf8() {
    return utf8.clone();
  }

  /** The text. */
  public String text() {
    return text;
  }

  @Override
  public int compareTo(ObjectKey other) {
    return Arrays.compareUnsigned(utf8, other.utf8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectKey k && Arrays.equals(utf8, k.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return text;
  }
}
