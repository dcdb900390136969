package dev.anvil.authz.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A text of a policy, in which {@code ${key}} stands for what the request says of the key, {@code
 * ${key, 'text'}} for a text where it says nothing, and {@code ${*}}, {@code ${?}} and {@code ${$}}
 * for those characters and nothing more. What a variable stands for is never a pattern.
 */
final class Template {
  /** Either fixed text, or the key of a variable and what it is worth where it is not told. */
  private record Part(String text, boolean literal, String key) {}

  private final String source;

  /** Null for a text without variables. */
  private final List<Part> parts;

  private Template(String source, List<Part> parts) {
    this.source = source;
    this.parts = parts;
  }

  /** A text that means itself. */
  static Template plain(String text) {
    return new Template(text, null);
  }

  /**
   * A text with variables.
   *
   * @throws dev.anvil.ports.failure.Invalid MalformedPolicy for a variable that is not known
   */
  static Template parse(String text) {
    if (!text.contains("${")) {
      return plain(text);
    }
    List<Part> parts = new ArrayList<>();
    int at = 0;
    for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", at)) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw unknown(text.substring(open));
      }
      parts.add(new Part(text.substring(at, open), false, null));
      parts.add(variable(text.substring(open + 2, close).strip()));
      at = close + 1;
    }
    parts.add(new Part(text.substring(at), false, null));
    return new Template(text, List.copyOf(parts));
  }

  private static Part variable(String inside) {
    if (inside.equals("*") || inside.equals("?") || inside.equals("$")) {
      return new Part(inside, true, null);
    }
    int comma = inside.indexOf(',');
    String name = comma < 0 ? inside : inside.substring(0, comma).strip();
    String otherwise = comma < 0 ? null : quoted(inside.substring(comma + 1).strip(), inside);
    String key = ConditionKeys.of(name);
    if (key == null || ConditionKeys.many(key)) {
      throw unknown("${" + inside + "}");
    }
    return new Part(otherwise, true, key);
  }

  private static String quoted(String text, String inside) {
    if (text.length() < 2 || !text.startsWith("'") || !text.endsWith("'")) {
      throw unknown("${" + inside + "}");
    }
    return text.substring(1, text.length() - 1);
  }

  private static dev.anvil.ports.failure.Invalid unknown(String variable) {
    return PolicyParser.malformed("Policy has an invalid variable: " + variable);
  }

  /** How many of its places the request fills. */
  int variables() {
    return parts == null ? 0 : (int) parts.stream().filter(p -> p.key() != null).count();
  }

  /** Whether it stands for more than one text. */
  boolean open() {
    return parts != null || Wildcards.wild(source);
  }

  /** The text for this request; null if it says nothing of a variable. */
  String text(KeyValues values) {
    return parts == null ? source : filled(values, null);
  }

  /** Whether the pattern that it is for this request stands for the whole text. */
  boolean matches(String text, KeyValues values) {
    if (parts == null) {
      return Wildcards.match(source, text);
    }
    BitSet literal = new BitSet();
    String pattern = filled(values, literal);
    return pattern != null
        && Wildcards.atLeast(pattern, literal) <= text.length()
        && Wildcards.match(pattern, literal, text);
  }

  private String filled(KeyValues values, BitSet literal) {
    StringBuilder all = new StringBuilder();
    for (Part part : parts) {
      String said = part.key() == null ? null : values.one(part.key());
      String text = said == null ? part.text() : said;
      if (text == null) {
        return null;
      }
      if (literal != null && part.literal()) {
        literal.set(all.length(), all.length() + text.length());
      }
      all.append(text);
    }
    return all.toString();
  }

  /** As it was sent. */
  @Override
  public String toString() {
    return source;
  }
}
