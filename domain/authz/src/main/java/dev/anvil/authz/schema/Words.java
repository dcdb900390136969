package dev.anvil.authz.schema;

import dev.anvil.authz.limits.AuthzLimits.SchemaLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** One word of look-ahead over the lexer, and what the parsers expect of it. */
final class Words {
  private static final Set<String> RESERVED =
      Set.of("definition", "caveat", "relation", "permission", "nil", "with");

  private final Lexer lexer;
  private final List<SchemaProblem> problems;
  private final SchemaLimits limits;
  private Token now;

  Words(Lexer lexer, List<SchemaProblem> problems, SchemaLimits limits) {
    this.lexer = lexer;
    this.problems = problems;
    this.limits = limits;
  }

  Token now() {
    return now;
  }

  /** The first word, once. */
  void start() {
    if (now == null) {
      advance();
    }
  }

  void advance() {
    now = lexer.next();
  }

  List<String> comments() {
    return lexer.takeComments();
  }

  void skipEnds() {
    while (now.kind() == Token.Kind.END) {
      advance();
    }
  }

  /** The raw text from the brace that stands now to its match. */
  String body() {
    String body = lexer.body();
    advance();
    return body;
  }

  Token take(Token.Kind kind, String what) {
    if (now.kind() != kind) {
      throw expected(what);
    }
    Token taken = now;
    advance();
    return taken;
  }

  /** A name that the language does not keep for itself. */
  Token name(String what) {
    Token name = take(Token.Kind.NAME, what);
    if (RESERVED.contains(name.text())) {
      throw new SyntaxFault(
          new SchemaProblem(
              SchemaProblem.Code.RESERVED_NAME,
              name.at(),
              name.text(),
              "'" + name.text() + "' is a word of the language",
              "choose another name"));
    }
    tooLong(name.at(), name.text(), limits.nameBytes(), "name");
    return name;
  }

  String path(String what) {
    Token first = name(what);
    StringBuilder path = new StringBuilder(first.text());
    while (skip("/")) {
      path.append('/').append(name("a name after '/'").text());
    }
    tooLong(first.at(), path.toString(), limits.pathBytes(), "path");
    return path.toString();
  }

  private void tooLong(Position at, String name, int limit, String what) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length > limit) {
      problems.add(
          new SchemaProblem(
              SchemaProblem.Code.LIMIT_EXCEEDED,
              at,
              name.substring(0, 40) + "...",
              "a " + what + " has at most " + limit + " bytes, this one has " + length,
              "shorten it"));
    }
  }

  void sign(String sign) {
    if (!skip(sign)) {
      throw expected("'" + sign + "'");
    }
  }

  boolean skip(String sign) {
    if (!now.is(sign)) {
      return false;
    }
    advance();
    return true;
  }

  void end() {
    if (now.kind() == Token.Kind.EOF) {
      return;
    }
    if (now.kind() != Token.Kind.END) {
      throw expected("a new line or ';'");
    }
    advance();
  }

  /** On to the end of the line in which the fault lies. */
  void recover() {
    while (true) {
      try {
        if (now == null || now.kind() != Token.Kind.END && now.kind() != Token.Kind.EOF) {
          lexer.skipLine();
        }
        advance();
        return;
      } catch (SyntaxFault fault) {
        problems.add(fault.problem());
      }
    }
  }

  SyntaxFault expected(String what) {
    return fault("expected " + what + ", found " + now.shown(), "correct this place");
  }

  SyntaxFault fault(String rule, String fix) {
    return faultAt(now, rule, fix);
  }

  SyntaxFault faultAt(Token token, String rule, String fix) {
    return new SyntaxFault(
        new SchemaProblem(SchemaProblem.Code.SYNTAX, token.at(), token.text().strip(), rule, fix));
  }
}
