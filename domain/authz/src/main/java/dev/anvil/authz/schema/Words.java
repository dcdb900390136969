package dev.anvil.authz.schema;

import dev.anvil.authz.limits.AuthzLimits.SchemaLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** One word of look-ahead over the lexer, and what the parsers expect of it. */
final class Words {
  private static final Set<String> RESERVED =
      Set.of("definition", "caveat", "relation", "permission", "nil", "with");

  private static final Set<String> ITEMS = Set.of("definition", "caveat");
  private static final Set<String> MEMBERS = Set.of("relation", "permission");

  private final Lexer lexer;
  private final List<SchemaProblem> problems;
  private final SchemaLimits limits;
  private Token now = new Token(Token.Kind.END, "", Position.START, 0, 0);
  private int toldLine;

  Words(Lexer lexer, List<SchemaProblem> problems, SchemaLimits limits) {
    this.lexer = lexer;
    this.problems = problems;
    this.limits = limits;
  }

  Token now() {
    return now;
  }

  void advance() {
    now = lexer.next();
  }

  List<String> comments() {
    return lexer.takeComments();
  }

  void skipEnds() {
    while (now.kind() == Token.Kind.END) {
      pass();
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
    if (opens(ITEMS) || opens(MEMBERS)) {
      throw expected(what);
    }
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

  /** Whether a definition or caveat begins here. */
  boolean opensItem() {
    return opens(ITEMS);
  }

  private boolean opens(Set<String> names) {
    return now.kind() == Token.Kind.NAME && names.contains(now.text()) && lexer.opensLine(now);
  }

  /** Past what is left of a broken member: to the next one, or the brace that ends them all. */
  void recoverMember() {
    lexer.calm();
    int braces = 0;
    while (!over() && !opens(MEMBERS) && !(braces == 0 && now.is("}"))) {
      braces += now.is("{") ? 1 : now.is("}") ? -1 : 0;
      pass();
    }
    skipEnd();
  }

  /** Past what is left of a broken item, its braces included. */
  void recoverItem() {
    lexer.calm();
    int braces = 0;
    while (now.kind() != Token.Kind.EOF
        && !opens(ITEMS)
        && (braces > 0 || now.kind() != Token.Kind.END)) {
      braces += now.is("{") ? 1 : now.is("}") ? -1 : 0;
      boolean last = now.is("}") && braces <= 0;
      pass();
      if (last) {
        return;
      }
    }
    skipEnd();
  }

  /** On to the opening brace of a broken item; false if there is none before the next item. */
  boolean recoverBrace() {
    lexer.calm();
    while (!over() && !now.is("{") && !now.is("}")) {
      pass();
    }
    return now.is("{");
  }

  private boolean over() {
    return now.kind() == Token.Kind.END || now.kind() == Token.Kind.EOF || opens(ITEMS);
  }

  private void skipEnd() {
    if (now.kind() == Token.Kind.END) {
      toldLine = now.text().equals(";") ? 0 : toldLine;
      pass();
    }
  }

  /** On by a word; what is no word is told unless its line has a problem already. */
  void pass() {
    while (true) {
      try {
        advance();
        return;
      } catch (SyntaxFault fault) {
        tell(fault);
      }
    }
  }

  /** Adds the fault, but only the first syntax fault of a line. */
  void tell(SyntaxFault fault) {
    SchemaProblem p = fault.problem();
    if (p.at().line() != toldLine || p.code() != SchemaProblem.Code.SYNTAX) {
      problems.add(p);
      toldLine = p.at().line();
    }
  }

  SyntaxFault expected(String what) {
    return fault("expected " + what + ", found " + now.shown(), "write " + what + " here");
  }

  SyntaxFault fault(String rule, String fix) {
    return faultAt(now, rule, fix);
  }

  SyntaxFault faultAt(Token token, String rule, String fix) {
    return new SyntaxFault(
        new SchemaProblem(SchemaProblem.Code.SYNTAX, token.at(), token.text().strip(), rule, fix));
  }
}
