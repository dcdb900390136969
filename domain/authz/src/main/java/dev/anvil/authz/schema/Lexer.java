package dev.anvil.authz.schema;

import java.util.ArrayList;
import java.util.List;

/** Cuts a schema text into words, one at a time; a condition's body is cut out raw. */
final class Lexer {
  private static final String SIGNS = "{}()<>:;|#*+&-=,./";

  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;
  private int round;
  private boolean mayEnd;
  private List<String> comments = new ArrayList<>();

  Lexer(String text) {
    this.text = text;
  }

  /** Comments since the last call, as written. */
  List<String> takeComments() {
    List<String> taken = comments;
    comments = new ArrayList<>();
    return taken;
  }

  Token next() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        Token end = newline();
        if (end != null) {
          return end;
        }
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\uFEFF' && at == 0) {
        at++;
      } else if (c == '/' && at + 1 < text.length() && "/*".indexOf(text.charAt(at + 1)) >= 0) {
        comment();
      } else {
        return word(c);
      }
    }
    mayEnd = false;
    return token(Token.Kind.EOF, at, at);
  }

  private Token newline() {
    Token end = mayEnd && round == 0 ? token(Token.Kind.END, at, at + 1) : null;
    at++;
    line++;
    lineStart = at;
    mayEnd = false;
    return end;
  }

  private void comment() {
    int start = at;
    if (text.charAt(at + 1) == '/') {
      while (at < text.length() && text.charAt(at) != '\n') {
        at++;
      }
    } else {
      int end = text.indexOf("*/", at + 2);
      if (end < 0) {
        at = text.length();
        throw fault(position(start), "a comment that starts with /* ends with */", "add */");
      }
      boolean broken = false;
      for (int i = at; i < end; i++) {
        if (text.charAt(i) == '\n') {
          line++;
          lineStart = i + 1;
          broken = true;
        }
      }
      at = end + 2;
      mayEnd &= !broken;
    }
    comments.add(text.substring(start, at).strip());
  }

  private Token word(char c) {
    int start = at;
    if (nameStart(c)) {
      while (at < text.length() && namePart(text.charAt(at))) {
        at++;
      }
      mayEnd = true;
      return token(Token.Kind.NAME, start, at);
    }
    if (c >= '0' && c <= '9') {
      Position where = position(at);
      while (at < text.length() && namePart(text.charAt(at))) {
        at++;
      }
      String number = "'" + text.substring(start, at) + "' begins with a digit";
      throw fault(where, number + ", a name does not", "begin it with a letter or _");
    }
    if (SIGNS.indexOf(c) < 0) {
      String shown = c < ' ' ? "a control character" : "'" + text.substring(at, after(at)) + "'";
      Position where = position(at);
      at = after(at);
      throw fault(where, shown + " is no sign of the language", "remove it");
    }
    if (text.startsWith("...", at) || text.startsWith("->", at)) {
      at += c == '.' ? 3 : 2;
      mayEnd = c == '.';
      return token(Token.Kind.SIGN, start, at);
    }
    at++;
    round += c == '(' ? 1 : c == ')' && round > 0 ? -1 : 0;
    mayEnd = c == ')' || c == '*' || c == '}' || c == '>';
    return token(c == ';' ? Token.Kind.END : Token.Kind.SIGN, start, at);
  }

  private int after(int i) {
    return i + Character.charCount(text.codePointAt(i));
  }

  /** The text between the brace before and its match, which is passed too. */
  String body() {
    int start = at;
    int depth = 1;
    Position open = position(at - 1);
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        quoted(c);
        continue;
      }
      if (c == '/' && text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        continue;
      }
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      at++;
      if (c == '\n') {
        line++;
        lineStart = at;
      }
      if (depth == 0) {
        mayEnd = true;
        return text.substring(start, at - 1);
      }
    }
    throw fault(open, "a condition ends at its matching brace", "add }");
  }

  private void quoted(char quote) {
    boolean raw = at > 0 && "rR".indexOf(text.charAt(at - 1)) >= 0;
    String triple = String.valueOf(quote).repeat(3);
    String end = text.startsWith(triple, at) ? triple : String.valueOf(quote);
    at += end.length();
    while (at < text.length() && !text.startsWith(end, at)) {
      if (text.charAt(at) == '\n') {
        if (end.length() == 1) {
          return;
        }
        line++;
        lineStart = at + 1;
      }
      at += text.charAt(at) == '\\' && !raw && at + 1 < text.length() ? 2 : 1;
    }
    at = Math.min(text.length(), at + end.length());
  }

  /** After a fault: a bracket that was left open hides no ends of lines any more. */
  void calm() {
    round = 0;
    mayEnd = true;
  }

  /** Whether nothing but space stands before the word on its line. */
  boolean opensLine(Token token) {
    int before = token.start() - 1;
    while (before >= 0 && " \t\r".indexOf(text.charAt(before)) >= 0) {
      before--;
    }
    return before < 0 || text.charAt(before) == '\n';
  }

  private Token token(Token.Kind kind, int start, int end) {
    return new Token(kind, text.substring(start, end), position(start), start, end);
  }

  private Position position(int index) {
    return new Position(line, index - lineStart + 1);
  }

  private static SyntaxFault fault(Position at, String rule, String fix) {
    return new SyntaxFault(new SchemaProblem(SchemaProblem.Code.SYNTAX, at, "", rule, fix));
  }

  private static boolean nameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean namePart(char c) {
    return nameStart(c) || c >= '0' && c <= '9';
  }
}
