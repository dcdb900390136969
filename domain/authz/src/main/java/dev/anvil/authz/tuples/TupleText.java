package dev.anvil.authz.tuples;

import dev.anvil.authz.values.Json;
import dev.anvil.ports.failure.Invalid;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

/** The text form of tuples, objects and subjects. */
public final class TupleText {
  private static final int MAX_CHARS = 16 << 10;

  private TupleText() {}

  /**
   * The tuple of a text such as {@code document:readme#viewer@group:eng#member}.
   *
   * @throws Invalid TupleInvalid
   */
  public static Tuple parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw bad(text, "a tuple has at most " + MAX_CHARS + " characters");
    }
    int hash = text.indexOf('#');
    int at = text.indexOf('@', hash);
    if (hash < 0 || at < 0) {
      throw bad(text, "it needs the form type:id#relation@type:id");
    }
    int end = text.indexOf('[', at);
    SubjectRef subject = subject(text.substring(at + 1, end < 0 ? text.length() : end));
    Tuple.Caveat caveat = null;
    Instant expires = null;
    int from = end < 0 ? text.length() : end;
    while (from < text.length()) {
      if (text.startsWith("[expiration:", from) && expires == null) {
        int close = text.indexOf(']', from);
        expires = instant(text, text.substring(from + 12, Math.max(from + 12, close)));
        from = close + 1;
      } else if (text.charAt(from) == '[' && caveat == null && expires == null) {
        int stop = from + 1;
        while (stop < text.length() && ":]".indexOf(text.charAt(stop)) < 0) {
          stop++;
        }
        String name = text.substring(from + 1, stop);
        Map<String, Object> context = Map.of();
        if (text.startsWith(":", stop)) {
          Json.Prefix found = context(text, stop + 1);
          context = found.object();
          stop = found.end();
        }
        if (!text.startsWith("]", stop) || name.isEmpty()) {
          throw bad(text, "a condition has the form [name] or [name:{...}]");
        }
        caveat = new Tuple.Caveat(name, context, null);
        from = stop + 1;
      } else {
        throw bad(text, "only [caveat] and then [expiration:time] may follow the subject");
      }
    }
    return new Tuple(
        object(text.substring(0, hash)), text.substring(hash + 1, at), subject, caveat, expires);
  }

  private static Json.Prefix context(String text, int from) {
    try {
      return Json.readObject(text, from);
    } catch (Json.Malformed e) {
      throw bad(text, "its context is malformed: " + e.getMessage());
    }
  }

  private static Instant instant(String text, String time) {
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      throw bad(text, "its expiration is no RFC 3339 time like 2027-01-01T00:00:00Z");
    }
  }

  /** The object of a text such as {@code document:readme}. */
  public static ObjectRef object(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0) {
      throw bad(text, "an object has the form type:id");
    }
    return new ObjectRef(text.substring(0, colon), unescape(text.substring(colon + 1)));
  }

  /** The subject of a text such as {@code user:anna}, {@code group:eng#member}, {@code user:*}. */
  public static SubjectRef subject(String text) {
    int hash = text.indexOf('#');
    ObjectRef object = object(hash < 0 ? text : text.substring(0, hash));
    return new SubjectRef(object.type(), object.id(), hash < 0 ? null : text.substring(hash + 1));
  }

  /** The text of a tuple; parses to the same tuple, except for a hash. */
  public static String format(Tuple t) {
    StringBuilder out = new StringBuilder(t.key());
    if (t.caveat() != null) {
      out.append('[').append(t.caveat().name());
      if (!t.caveat().context().isEmpty()) {
        out.append(':').append(Json.write(t.caveat().context()));
      }
      out.append(']');
    }
    if (t.expiresAt() != null) {
      out.append("[expiration:").append(t.expiresAt()).append(']');
    }
    return out.toString();
  }

  static String escape(String id) {
    StringBuilder out = new StringBuilder();
    id.codePoints()
        .forEach(c -> {
          if (c == '%' || c == '#' || c == '[' || c == ']' || special(c)) {
            for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
              out.append("%%%02X".formatted(b & 255));
            }
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  private static boolean special(int c) {
    return Character.isISOControl(c) || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static String unescape(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == '%') {
        String hex = i + 3 <= text.length() ? text.substring(i + 1, i + 3) : "";
        if (!hex.matches("[0-9a-fA-F]{2}")) {
          throw bad(text, "% needs two hexadecimal digits");
        }
        out.write(Integer.parseInt(hex, 16));
        i += 3;
      } else {
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw bad(text, "its escapes are no UTF-8");
    }
  }

  private static Invalid bad(String text, String rule) {
    String shown = text.length() <= 200 ? text : text.substring(0, 200) + "...";
    return new Invalid(
        Invalid.Reason.TUPLE, "'" + shown + "' is malformed: " + rule, Map.of("tuple", shown));
  }
}
