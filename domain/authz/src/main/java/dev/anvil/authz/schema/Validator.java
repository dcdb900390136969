package dev.anvil.authz.schema;

import dev.anvil.authz.limits.AuthzLimits.SchemaLimits;
import dev.anvil.authz.schema.SchemaProblem.Code;
import dev.anvil.authz.schema.SchemaTree.Allowed;
import dev.anvil.authz.schema.SchemaTree.Definition;
import dev.anvil.authz.schema.SchemaTree.Member;
import dev.anvil.authz.schema.SchemaTree.PermissionMember;
import dev.anvil.authz.schema.SchemaTree.RelationMember;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks the names and shapes of a completed tree. */
final class Validator {
  private final SchemaTree tree;
  private final Unread unread;
  private final SchemaLimits limits;
  private final List<SchemaProblem> problems;
  private final Map<String, Map<String, Member>> types = new LinkedHashMap<>();
  private final Set<String> caveats = new HashSet<>();

  Validator(SchemaTree tree, Unread unread, SchemaLimits limits, List<SchemaProblem> problems) {
    this.unread = unread;
    this.tree = tree;
    this.limits = limits;
    this.problems = problems;
  }

  void check() {
    declare();
    for (Definition d : tree.definitions()) {
      for (Member m : d.members()) {
        switch (m) {
          case RelationMember r -> relation(r);
          case PermissionMember p -> names(d, p.expression());
        }
      }
    }
  }

  private void declare() {
    bound(tree.definitions().size(), limits.types(), "types", Position.START);
    bound(tree.caveats().size(), limits.caveats(), "caveats", Position.START);
    Map<String, String> folded = new HashMap<>();
    for (SchemaTree.Condition c : tree.caveats()) {
      if (!caveats.add(c.name())) {
        duplicate(c.at(), c.name());
      }
      condition(c);
      caseOnly(folded, c.name(), c.at());
    }
    for (Definition d : tree.definitions()) {
      Map<String, Member> members = new LinkedHashMap<>();
      if (types.putIfAbsent(d.name(), members) != null || caveats.contains(d.name())) {
        duplicate(d.at(), d.name());
      }
      caseOnly(folded, d.name(), d.at());
      Map<String, String> foldedMembers = new HashMap<>();
      for (Member m : d.members()) {
        if (members.putIfAbsent(m.name(), m) != null) {
          duplicate(m.at(), m.name());
        }
        caseOnly(foldedMembers, m.name(), m.at());
      }
      bound(members.size(), limits.members(), "members of " + d.name(), d.at());
    }
  }

  private void condition(SchemaTree.Condition c) {
    bound(c.parameters().size(), limits.caveatParameters(), "parameters of " + c.name(), c.at());
    int bytes = c.body().getBytes(StandardCharsets.UTF_8).length;
    bound(bytes, limits.caveatBytes(), "bytes of the condition " + c.name(), c.at());
    Set<String> names = new HashSet<>();
    c.parameters().stream()
        .filter(p -> !names.add(p.name()))
        .forEach(p -> duplicate(p.at(), p.name()));
  }

  private void caseOnly(Map<String, String> folded, String name, Position at) {
    String before = folded.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
    if (before != null && !before.equals(name)) {
      add(Code.CASE_ONLY, at, name, "'" + before + "' differs in case only", "rename one");
    }
  }

  private void relation(RelationMember r) {
    bound(r.allowed().size(), limits.allowed(), "shapes of " + r.name(), r.at());
    Set<String> seen = new HashSet<>();
    for (Allowed a : r.allowed()) {
      if (!seen.add(a.text())) {
        add(Code.DUPLICATE_ALLOWED, a.at(), a.text(), "a shape is named once", "remove one");
      }
      Map<String, Member> members = types.get(a.type());
      if (members == null && !unread.mayBe(a.type())) {
        unknown(Code.UNKNOWN_TYPE, a.at(), a.type(), "type");
      }
      if (a.member() != null && members != null) {
        Member inner = members.get(a.member());
        if (inner == null && !unread.mayBe(a.type(), a.member())) {
          unknown(Code.UNKNOWN_MEMBER, a.at(), a.type() + "#" + a.member(), "member");
        } else if (inner instanceof RelationMember i
            && i.allowed().stream().anyMatch(Allowed::wildcard)) {
          add(
              Code.USERSET_OF_WILDCARD,
              a.at(),
              a.subject(),
              "the member admits a wildcard, so the userset may hold everybody",
              "make sure that is meant");
        }
      }
      if (a.caveat() != null && !caveats.contains(a.caveat()) && !unread.mayBe(a.caveat())) {
        unknown(Code.UNKNOWN_CAVEAT, a.at(), a.caveat(), "caveat");
      }
    }
  }

  private void names(Definition d, Expression e) {
    switch (e) {
      case Expression.Union u -> u.operands().forEach(o -> names(d, o));
      case Expression.Intersection i -> i.operands().forEach(o -> names(d, o));
      case Expression.Exclusion x -> {
        names(d, x.base());
        names(d, x.subtracted());
      }
      case Expression.Reference r -> reference(d, r);
      case Expression.Arrow a -> arrow(d, a);
      case Expression.Nil _, Expression.Self _ -> {
        // nothing to look up
      }
    }
  }

  private void reference(Definition d, Expression.Reference r) {
    if (types.get(d.name()).containsKey(r.name()) || unread.mayBe(d.name(), r.name())) {
      return;
    }
    if (r.name().equals("self") && unread.mayUse()) {
      return;
    }
    if (r.name().equals("self")) {
      add(
          Code.FLAG_MISSING,
          r.at(),
          "self",
          "'self' needs the feature",
          "write 'use self' at the top");
      return;
    }
    unknown(Code.UNKNOWN_MEMBER, r.at(), r.name(), "member of " + d.name());
  }

  private void arrow(Definition d, Expression.Arrow a) {
    Member left = types.get(d.name()).get(a.relation());
    if (left == null) {
      if (!unread.mayBe(d.name(), a.relation())) {
        unknown(Code.UNKNOWN_MEMBER, a.at(), a.relation(), "member of " + d.name());
      }
      return;
    }
    if (!(left instanceof RelationMember relation)) {
      add(
          Code.ARROW_OVER_PERMISSION,
          a.at(),
          a.relation(),
          "left of an arrow stands a relation, this is a permission",
          "name the relations one by one");
      return;
    }
    int have = 0;
    for (Allowed s : relation.allowed()) {
      if (s.wildcard()) {
        add(
            Code.ARROW_OVER_WILDCARD,
            a.at(),
            a.relation(),
            "an arrow cannot walk over '" + s.subject() + "'",
            "move the wildcard to a relation of its own");
        return;
      }
      if (s.member() != null) {
        add(
            Code.ARROW_OVER_USERSET,
            a.at(),
            s.subject(),
            "an arrow walks to the object and ignores the member",
            "admit the plain type if that is meant");
      }
      Map<String, Member> members = types.get(s.type());
      boolean has = members != null && members.containsKey(a.target());
      boolean may = members == null || unread.mayBe(s.type(), a.target());
      have += has || may ? 1 : 0;
    }
    if (have == 0) {
      add(
          Code.ARROW_TARGET_MISSING,
          a.at(),
          a.target(),
          "no type in '" + a.relation() + "' has it",
          "declare it there or correct the name");
    } else if (have < relation.allowed().size()) {
      add(
          Code.ARROW_TARGET_PARTIAL,
          a.at(),
          a.target(),
          "some types in '" + a.relation() + "' lack it and never grant",
          "declare it there if it should");
    }
  }

  private void bound(int value, int limit, String what, Position at) {
    if (value > limit) {
      add(Code.LIMIT_EXCEEDED, at, what, value + " are more than " + limit, "split or shorten it");
    }
  }

  private void duplicate(Position at, String name) {
    add(Code.DUPLICATE_NAME, at, name, "the name is taken above", "rename one of them");
  }

  private void unknown(Code code, Position at, String name, String what) {
    add(code, at, name, "no such " + what + " is declared", "declare it or correct the name");
  }

  private void add(Code code, Position at, String name, String rule, String fix) {
    problems.add(new SchemaProblem(code, at, name, rule, fix));
  }
}
