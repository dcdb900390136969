package dev.anvil.authz.schema;

import dev.anvil.authz.limits.AuthzLimits.SchemaLimits;
import dev.anvil.authz.schema.SchemaTree.Condition;
import dev.anvil.authz.schema.SchemaTree.Definition;
import dev.anvil.authz.schema.SchemaTree.Member;
import dev.anvil.authz.schema.SchemaTree.Parameter;
import dev.anvil.ports.caveats.CaveatType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a schema text by recursive descent; goes on at the next member or item after each fault.
 */
final class Parser {
  private static final Set<String> FLAGS = Set.of("expiration", "self", "typechecking");
  private static final Set<String> LATER = Set.of("partial", "import");
  private static final int MAX_TYPE_DEPTH = 8;

  private final Words words;
  private final Unread unread = new Unread();
  private final Members members;
  private final Set<String> uses = new LinkedHashSet<>();
  private final List<Definition> definitions = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();

  Parser(String text, SchemaLimits limits, List<SchemaProblem> problems) {
    this.words = new Words(new Lexer(text), problems, limits);
    this.members = new Members(words, uses, limits, problems, unread);
  }

  SchemaTree parse() {
    while (true) {
      try {
        words.skipEnds();
        if (words.now().kind() == Token.Kind.EOF) {
          return new SchemaTree(uses, definitions, conditions, words.comments());
        }
        item();
      } catch (SyntaxFault fault) {
        words.tell(fault);
        words.recoverItem();
      }
    }
  }

  /** What may be declared in places that could not be read; after parsing. */
  Unread unread() {
    return unread;
  }

  private void item() {
    List<String> comments = words.comments();
    Token first = words.now();
    if (first.word("use")) {
      use();
    } else if (first.word("definition")) {
      definition(comments);
    } else if (first.word("caveat")) {
      caveat(comments);
    } else if (first.kind() == Token.Kind.NAME && LATER.contains(first.text())) {
      unread.item(null);
      throw words.fault("'" + first.text() + "' is not supported yet", "write the types out");
    } else {
      throw words.expected("'definition', 'caveat' or 'use'");
    }
  }

  private void use() {
    words.advance();
    if (words.now().kind() != Token.Kind.NAME || !FLAGS.contains(words.now().text())) {
      unread.feature();
    }
    Token flag = words.take(Token.Kind.NAME, "the name of a feature");
    if (!FLAGS.contains(flag.text())) {
      throw words.faultAt(
          flag, "'" + flag.text() + "' is no feature", "use expiration, self or typechecking");
    }
    if (!definitions.isEmpty() || !conditions.isEmpty()) {
      unread.feature();
      throw words.faultAt(flag, "'use' stands before all definitions", "move it to the top");
    }
    uses.add(flag.text());
    items();
  }

  private void definition(List<String> comments) {
    words.advance();
    Token start = words.now();
    String name = null;
    try {
      name = words.path("a type name");
      words.sign("{");
    } catch (SyntaxFault fault) {
      words.tell(fault);
      unread.item(name);
      if (!words.recoverBrace()) {
        words.recoverItem();
        return;
      }
      words.pass();
    }
    List<Member> found = new ArrayList<>();
    boolean closed = members(name, found);
    List<String> trailing = words.comments();
    if (name != null) {
      int order = definitions.size() + conditions.size();
      definitions.add(new Definition(name, found, comments, trailing, start.at(), order));
    }
    if (closed) {
      words.advance();
      items();
    }
  }

  /** Up to the closing brace; false if it is missing, which is told. */
  private boolean members(String type, List<Member> found) {
    while (true) {
      words.skipEnds();
      if (words.now().is("}")) {
        return true;
      }
      if (words.now().kind() == Token.Kind.EOF || words.opensItem()) {
        words.tell(
            words.expected(
                "'}' at the end of the definition" + (type == null ? "" : " of " + type)));
        return false;
      }
      Member member = members.next(type);
      if (member != null) {
        found.add(member);
      }
    }
  }

  private void caveat(List<String> comments) {
    words.advance();
    Token start = words.now();
    String name = null;
    List<Parameter> parameters = new ArrayList<>();
    try {
      name = words.path("a caveat name");
      words.sign("(");
      do {
        Token p = words.take(Token.Kind.NAME, "a parameter");
        parameters.add(new Parameter(p.text(), type(0), p.at()));
      } while (words.skip(","));
      words.sign(")");
      if (!words.now().is("{")) {
        throw words.expected("'{' before the condition");
      }
    } catch (SyntaxFault fault) {
      words.tell(fault);
      unread.item(name);
      if (words.recoverBrace()) {
        words.body();
        items();
      } else {
        words.recoverItem();
      }
      return;
    }
    Position bodyAt = new Position(words.now().at().line(), words.now().at().column() + 1);
    String body = words.body();
    int order = definitions.size() + conditions.size();
    conditions.add(
        new Condition(name, parameters, body.strip(), comments, start.at(), bodyAt, order));
    items();
  }

  /** Items of the text may follow each other on a line, as in a text that was folded into one. */
  private void items() {
    if (!words.now().word("definition")
        && !words.now().word("caveat")
        && !words.now().word("use")) {
      words.end();
    }
  }

  private CaveatType type(int depth) {
    Token name = words.take(Token.Kind.NAME, "a parameter type");
    CaveatType.Kind kind = CaveatType.Kind.named(name.text());
    if (kind == null || depth > MAX_TYPE_DEPTH) {
      throw words.faultAt(
          name,
          depth > MAX_TYPE_DEPTH
              ? "parameter types nest at most " + MAX_TYPE_DEPTH + " deep"
              : "'" + name.text() + "' is no parameter type",
          "use any, bool, string, int, uint, double, bytes, duration, timestamp, ipaddress,"
              + " list<...> or map<...>");
    }
    if (!kind.generic()) {
      return CaveatType.of(kind);
    }
    words.sign("<");
    CaveatType element = type(depth + 1);
    words.sign(">");
    return new CaveatType(kind, element);
  }
}
