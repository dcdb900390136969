package dev.anvil.authz.values;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as Java values: null, {@code Boolean}, {@code String}, {@code BigDecimal}, {@code List} and
 * {@code Map}. Numbers keep every digit; names are not repeated; depth is bounded.
 */
public final class Json {
  /** Deepest nesting. */
  public static final int MAX_DEPTH = 32;

  private static final int MAX_DIGITS = 400;

  /** Not JSON, or past a bound. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  private final String text;
  private int at;

  private Json(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /** The value of a whole text. */
  public static Object read(String text) throws Malformed {
    Json json = new Json(text, 0);
    Object value = json.value(0);
    json.space();
    if (json.at < text.length()) {
      throw json.bad("something follows the value");
    }
    return value;
  }

  /** An object that starts at an index, and the index after it. */
  public static Prefix readObject(String text, int from) throws Malformed {
    Json json = new Json(text, from);
    Object value = json.value(0);
    if (!(value instanceof Map<?, ?> map)) {
      throw json.bad("an object is needed");
    }
    return new Prefix(named(map), json.at);
  }

  /** An object and where it ended. */
  public record Prefix(Map<String, Object> object, int end) {}

  /** The map with its keys as strings. */
  public static Map<String, Object> named(Map<?, ?> map) {
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach((k, v) -> named.put((String) k, v));
    return named;
  }

  private Object value(int depth) throws Malformed {
    if (depth > MAX_DEPTH) {
      throw bad("values nest at most " + MAX_DEPTH + " deep");
    }
    space();
    char c = at < text.length() ? text.charAt(at) : 0;
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) throws Malformed {
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    space();
    if (skip('}')) {
      return map;
    }
    do {
      space();
      if (at >= text.length() || text.charAt(at) != '"') {
        throw bad("a name in quotes is needed");
      }
      String name = string();
      space();
      need(':');
      if (map.containsKey(name)) {
        throw bad("the name '" + name + "' is repeated");
      }
      map.put(name, value(depth + 1));
      space();
    } while (skip(','));
    need('}');
    return map;
  }

  private List<Object> list(int depth) throws Malformed {
    List<Object> list = new ArrayList<>();
    at++;
    space();
    if (skip(']')) {
      return list;
    }
    do {
      list.add(value(depth + 1));
      space();
    } while (skip(','));
    need(']');
    return list;
  }

  private String string() throws Malformed {
    StringBuilder out = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return whole(out.toString());
      }
      if (c < ' ') {
        throw bad("a control character stands in a string");
      }
      out.append(c == '\\' ? escape() : c);
    }
    throw bad("a string does not end");
  }

  private String whole(String s) throws Malformed {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < s.length()
              && Character.isLowSurrogate(s.charAt(i + 1));
      if (Character.isSurrogate(c) && !pair) {
        throw bad("a string holds half a character");
      }
      i += pair ? 1 : 0;
    }
    return s;
  }

  private char escape() throws Malformed {
    char c = at < text.length() ? text.charAt(at++) : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        String hex = at + 4 <= text.length() ? text.substring(at, at + 4) : "";
        if (!hex.matches("[0-9a-fA-F]{4}")) {
          throw bad("\\u needs four hexadecimal digits");
        }
        at += 4;
        yield (char) Integer.parseInt(hex, 16);
      }
      default -> throw bad("an unknown escape");
    };
  }

  private Object word(String word, Object value) throws Malformed {
    if (!text.startsWith(word, at)) {
      throw bad("no JSON value");
    }
    at += word.length();
    return value;
  }

  private BigDecimal number() throws Malformed {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.length() > MAX_DIGITS
        || !digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")) {
      throw bad("no JSON value");
    }
    return new BigDecimal(digits);
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean skip(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void need(char c) throws Malformed {
    if (!skip(c)) {
      throw bad("'" + c + "' is needed");
    }
  }

  private Malformed bad(String why) {
    return new Malformed(why + " at character " + (at + 1));
  }

  /** The value as text, names sorted, so that equal values have equal texts. */
  public static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case String s -> quote(s, out);
      case BigDecimal n -> out.append(n.scale() < 0 ? n.toPlainString() : n.toString());
      case List<?> list -> {
        String comma = "";
        out.append('[');
        for (Object o : list) {
          out.append(comma);
          write(o, out);
          comma = ",";
        }
        out.append(']');
      }
      case Map<?, ?> map -> {
        String comma = "";
        out.append('{');
        for (Map.Entry<String, Object> e : new TreeMap<>(named(map)).entrySet()) {
          out.append(comma);
          quote(e.getKey(), out);
          out.append(':');
          write(e.getValue(), out);
          comma = ",";
        }
        out.append('}');
      }
      default -> out.append(value);
    }
  }

  private static void quote(String s, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
