package dev.anvil.authz.schema;

import dev.anvil.authz.limits.AuthzLimits.SchemaLimits;
import dev.anvil.authz.schema.SchemaTree.Allowed;
import dev.anvil.authz.schema.SchemaTree.Member;
import dev.anvil.authz.schema.SchemaTree.PermissionMember;
import dev.anvil.authz.schema.SchemaTree.RelationMember;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Parses relations and permissions. {@code +} binds tightest, then {@code &}, then {@code -}. */
final class Members {
  private final Words words;
  private final Set<String> uses;
  private final SchemaLimits limits;
  private final List<SchemaProblem> problems;
  private final Unread unread;
  private String name;

  /** What parentheses enclose, so that its operators are no surprise; by identity. */
  private final Set<Expression> closed = Collections.newSetFromMap(new IdentityHashMap<>());

  Members(
      Words words,
      Set<String> uses,
      SchemaLimits limits,
      List<SchemaProblem> problems,
      Unread unread) {
    this.unread = unread;
    this.words = words;
    this.uses = uses;
    this.limits = limits;
    this.problems = problems;
  }

  /** The next member, or null for one that is broken, which is told and passed. */
  Member next(String type) {
    name = null;
    try {
      Member member = member();
      if (!words.now().is("}")) {
        words.end();
      }
      return member;
    } catch (SyntaxFault fault) {
      words.tell(fault);
      unread.member(type, name);
      words.recoverMember();
      return null;
    }
  }

  private Member member() {
    List<String> comments = words.comments();
    if (words.now().word("relation")) {
      words.advance();
      Token name = declared("a relation name");
      words.sign(":");
      List<Allowed> allowed = new ArrayList<>();
      do {
        allowed.add(allowed());
      } while (words.skip("|"));
      return new RelationMember(name.text(), allowed, comments, name.at());
    }
    if (words.now().word("permission")) {
      words.advance();
      Token name = declared("a permission name");
      List<String> types = words.now().is(":") ? types(name) : null;
      words.sign("=");
      Expression expression = exclusion(0);
      return new PermissionMember(name.text(), types, expression, comments, name.at());
    }
    throw words.expected("'relation' or 'permission'");
  }

  private Token declared(String what) {
    Token name = words.name(what);
    boolean kept =
        (name.word("expiration") || name.word("and")) && uses.contains("expiration")
            || name.word("self") && uses.contains("self");
    if (kept) {
      throw new SyntaxFault(
          new SchemaProblem(
              SchemaProblem.Code.RESERVED_NAME,
              name.at(),
              name.text(),
              "'" + name.text() + "' is a word of the language under its 'use'",
              "choose another name"));
    }
    this.name = name.text();
    return name;
  }

  private List<String> types(Token permission) {
    flag("typechecking", permission, "a permission that names its subject types");
    List<String> types = new ArrayList<>();
    words.advance();
    do {
      types.add(words.path("a type name"));
    } while (words.skip("|"));
    return types;
  }

  private Allowed allowed() {
    Position at = words.now().at();
    String type = words.path("a subject type");
    boolean wildcard = false;
    String member = null;
    if (words.skip(":")) {
      words.sign("*");
      wildcard = true;
    } else if (words.skip("#") && !words.skip("...")) {
      member = words.name("a member or '...'").text();
    }
    String caveat = null;
    boolean expiration = false;
    if (words.now().word("with")) {
      words.advance();
      if (expirationWord()) {
        expiration = true;
      } else {
        caveat = words.path("a caveat name or 'expiration'");
        if (words.now().word("and")) {
          words.advance();
          if (!expirationWord()) {
            throw words.expected("'expiration'");
          }
          expiration = true;
        }
      }
    }
    return new Allowed(type, wildcard, member, caveat, expiration, at);
  }

  private boolean expirationWord() {
    Token token = words.now();
    if (!token.word("expiration")) {
      return false;
    }
    words.advance();
    flag("expiration", token, "a relation whose tuples expire");
    return true;
  }

  private void flag(String feature, Token at, String what) {
    if (!uses.contains(feature) && !unread.mayUse()) {
      problems.add(
          new SchemaProblem(
              SchemaProblem.Code.FLAG_MISSING,
              at.at(),
              at.text(),
              what + " needs the feature",
              "write 'use " + feature + "' at the top"));
    }
  }

  private Expression exclusion(int depth) {
    Token start = words.now();
    bound(start, depth);
    Expression left = intersection(depth);
    int nested = depth;
    while (words.skip("-")) {
      bound(start, ++nested);
      Expression right = intersection(depth);
      mixed(start, left, right);
      left = new Expression.Exclusion(left, right);
    }
    return left;
  }

  private void bound(Token start, int depth) {
    if (depth > limits.expressionDepth()) {
      throw new SyntaxFault(
          new SchemaProblem(
              SchemaProblem.Code.LIMIT_EXCEEDED,
              start.at(),
              start.text(),
              "expressions nest at most " + limits.expressionDepth() + " deep",
              "give the inner part a name"));
    }
  }

  private Expression intersection(int depth) {
    Token start = words.now();
    List<Expression> operands = new ArrayList<>();
    do {
      operands.add(union(depth));
    } while (words.skip("&"));
    if (operands.size() == 1) {
      return operands.getFirst();
    }
    operands.forEach(o -> mixed(start, o));
    return new Expression.Intersection(operands);
  }

  private Expression union(int depth) {
    List<Expression> operands = new ArrayList<>();
    do {
      operands.add(term(depth));
    } while (words.skip("+"));
    return operands.size() == 1 ? operands.getFirst() : new Expression.Union(operands);
  }

  private void mixed(Token start, Expression... operands) {
    for (Expression o : operands) {
      boolean operator = o instanceof Expression.Union || o instanceof Expression.Intersection;
      if (operator && !closed.contains(o)) {
        problems.add(
            new SchemaProblem(
                SchemaProblem.Code.MIXED_OPERATORS,
                start.at(),
                start.text(),
                "'+' binds tightest, then '&', then '-'",
                "put parentheses around the parts"));
        return;
      }
    }
  }

  private Expression term(int depth) {
    Token first = words.now();
    if (words.skip("(")) {
      Expression inner = exclusion(depth + 1);
      words.sign(")");
      closed.add(inner);
      return inner;
    }
    if (first.word("nil")) {
      words.advance();
      return new Expression.Nil();
    }
    if (first.word("self") && uses.contains("self")) {
      words.advance();
      return new Expression.Self(first.at());
    }
    Token name = words.name("a member, 'nil' or '('");
    Expression found = new Expression.Reference(name.text(), name.at());
    if (words.skip("->")) {
      found = new Expression.Arrow(name.text(), target(), false, name.at());
    } else if (words.skip(".")) {
      Token how = words.take(Token.Kind.NAME, "'any' or 'all'");
      if (!how.text().equals("any") && !how.text().equals("all")) {
        throw words.faultAt(how, "'" + how.text() + "' is no arrow", "use .any(...) or .all(...)");
      }
      words.sign("(");
      String target = target();
      words.sign(")");
      found = new Expression.Arrow(name.text(), target, how.text().equals("all"), name.at());
    }
    if (words.now().is("->") || words.now().is(".")) {
      throw words.fault("nested arrows are not supported yet", "give the first step a name");
    }
    return found;
  }

  private String target() {
    return words.name("a member of the other type").text();
  }
}
