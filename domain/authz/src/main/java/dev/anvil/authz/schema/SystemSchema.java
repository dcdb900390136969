package dev.anvil.authz.schema;

import dev.anvil.authz.limits.AuthzLimits.SchemaLimits;
import dev.anvil.authz.schema.SchemaTree.Condition;
import dev.anvil.authz.schema.SchemaTree.Definition;
import dev.anvil.authz.schema.SchemaTree.Member;
import dev.anvil.authz.schema.SchemaTree.RelationMember;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The types of the server's own resources, which every schema has and may redefine in part. */
public final class SystemSchema {
  /** First part of their names. */
  public static final String PREFIX = "anvil/";

  /** Relations that follow from ids: neither stored nor writable. */
  public static final Set<String> STRUCTURAL =
      Set.of(
          "anvil/bucket#tenant",
          "anvil/folder#parent",
          "anvil/object#parent",
          "anvil/index#bucket",
          "anvil/database#tenant");

  private static final String P = "anvil/app | anvil/user | anvil/group#member";
  private static final String Q = P + " | anvil/public";

  /** The default definitions. */
  public static final String TEXT =
      """
      definition anvil/app {}
      definition anvil/user {}
      definition anvil/public {}
      definition anvil/group {
        relation member: P
      }
      definition anvil/tenant {
        relation admin: P
        permission manage = admin
      }
      definition anvil/bucket {
        relation tenant: anvil/tenant
        relation owner: P
        relation reader: Q
        relation writer: Q
        relation lister: Q
        relation banned: P
        permission manage = owner + tenant->manage
        permission read = (reader + manage) - banned
        permission write = (writer + manage) - banned
        permission delete = write
        permission list = (lister + reader + manage) - banned
      }
      definition anvil/folder {
        relation parent: anvil/bucket | anvil/folder
        relation owner: P
        relation reader: Q
        relation writer: Q
        relation lister: Q
        relation banned: P
        permission manage = owner + parent->manage
        permission read = (reader + manage + parent->read) - banned
        permission write = (writer + manage + parent->write) - banned
        permission delete = write
        permission list = (lister + reader + manage + parent->list) - banned
      }
      definition anvil/object {
        relation parent: anvil/bucket | anvil/folder
        relation owner: P
        relation reader: Q
        relation writer: Q
        relation banned: P
        permission manage = owner + parent->manage
        permission read = (reader + manage + parent->read) - banned
        permission write = (writer + manage + parent->write) - banned
        permission delete = write
        permission see = (read + parent->list) - banned
      }
      definition anvil/index {
        relation bucket: anvil/bucket
        relation reader: P
        permission query = reader + bucket->read
        permission manage = bucket->manage
      }
      definition anvil/database {
        relation tenant: anvil/tenant
        relation owner: P
        relation committer: P
        relation watcher: P
        relation reader: P
        permission manage = owner + tenant->manage
        permission commit = committer + manage
        permission read = reader + commit
        permission watch = watcher + read
      }
      """
          .replace(": P\n", ": " + P + "\n")
          .replace(": Q\n", ": " + Q + "\n");

  private static final SchemaTree TREE = parse();

  private SystemSchema() {}

  private static SchemaTree parse() {
    List<SchemaProblem> problems = new ArrayList<>();
    SchemaTree tree = new Parser(TEXT, SchemaLimits.DEFAULT, problems).parse();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.getFirst().text());
    }
    return tree;
  }

  /** Whether the type is one of the server's. */
  public static boolean isSystem(String type) {
    return type.startsWith(PREFIX);
  }

  /** The tree with every system member that it leaves out; misuse goes to the problems. */
  static SchemaTree complete(SchemaTree tree, List<SchemaProblem> problems) {
    Map<String, Definition> system = new LinkedHashMap<>();
    TREE.definitions().forEach(d -> system.put(d.name(), d));
    List<Definition> all = new ArrayList<>();
    for (Definition d : tree.definitions()) {
      Definition base = system.remove(d.name());
      if (base == null && isSystem(d.name())) {
        problems.add(reserved(d.at(), d.name(), "no such type belongs to the server"));
      }
      all.add(base == null ? d : merged(d, base, problems));
    }
    for (Condition c : tree.caveats()) {
      if (isSystem(c.name())) {
        problems.add(reserved(c.at(), c.name(), "caveats of the server have no text"));
      }
    }
    all.addAll(system.values());
    return new SchemaTree(tree.uses(), all, tree.caveats(), tree.trailing());
  }

  private static Definition merged(Definition own, Definition base, List<SchemaProblem> problems) {
    Map<String, Member> left = new LinkedHashMap<>();
    base.members().forEach(m -> left.put(m.name(), m));
    List<Member> members = new ArrayList<>();
    for (Member m : own.members()) {
      Member before = left.remove(m.name());
      if (STRUCTURAL.contains(own.name() + "#" + m.name())) {
        members.add(before == null ? m : before);
        if (before != null && !sameText(m, before)) {
          problems.add(reserved(m.at(), m.name(), "this relation follows from the id"));
        }
        continue;
      }
      if (before != null && before instanceof RelationMember != m instanceof RelationMember) {
        problems.add(reserved(m.at(), m.name(), "it must stay a relation or a permission"));
      }
      members.add(m);
    }
    members.addAll(left.values());
    return new Definition(
        own.name(), members, own.comments(), own.trailing(), own.at(), own.order());
  }

  private static boolean sameText(Member a, Member b) {
    return a instanceof RelationMember x
        && b instanceof RelationMember y
        && texts(x).equals(texts(y));
  }

  private static Set<String> texts(RelationMember r) {
    return r.allowed().stream().map(SchemaTree.Allowed::text).collect(Collectors.toSet());
  }

  private static SchemaProblem reserved(Position at, String name, String rule) {
    return new SchemaProblem(
        SchemaProblem.Code.RESERVED_NAME, at, name, rule, "leave it out or use another name");
  }
}
