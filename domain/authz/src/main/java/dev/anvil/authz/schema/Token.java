package dev.anvil.authz.schema;

/**
 * A word of a schema text.
 *
 * @param kind what it is
 * @param text as written
 * @param at where
 * @param start index of its first character
 * @param end index after its last character
 */
record Token(Kind kind, String text, Position at, int start, int end) {
  enum Kind {
    NAME,
    /** One of the signs, or {@code ->}. */
    SIGN,
    /** End of a statement: a semicolon or a newline. */
    END,
    EOF
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean word(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  String shown() {
    return switch (kind) {
      case EOF -> "the end of the text";
      case END -> text.equals(";") ? "';'" : "the end of the line";
      default -> "'" + text + "'";
    };
  }
}
