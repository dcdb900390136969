package dev.anvil.authz.schema;

import dev.anvil.ports.caveats.CaveatType;
import java.util.List;
import java.util.Set;

/**
 * A schema as written, after parsing and before any rule is checked.
 *
 * @param uses features switched on
 * @param definitions in their order
 * @param caveats in their order
 * @param trailing comments after the last item
 */
public record SchemaTree(
    Set<String> uses,
    List<Definition> definitions,
    List<Condition> caveats,
    List<String> trailing) {
  /** An object type. */
  public record Definition(
      String name,
      List<Member> members,
      List<String> comments,
      List<String> trailing,
      Position at,
      int order) {}

  /** A relation or a permission. */
  public sealed interface Member {
    /** Its name. */
    String name();

    /** Where. */
    Position at();

    /** Comments before it. */
    List<String> comments();
  }

  /** Holds tuples. */
  public record RelationMember(
      String name, List<Allowed> allowed, List<String> comments, Position at) implements Member {}

  /**
   * Is computed.
   *
   * @param types annotated subject types, or null
   */
  public record PermissionMember(
      String name, List<String> types, Expression expression, List<String> comments, Position at)
      implements Member {}

  /**
   * A shape of tuples.
   *
   * @param type of the subject
   * @param wildcard whether it stands for all of the type
   * @param member of a userset, or null
   * @param caveat name, or null
   * @param expiration whether tuples must expire
   */
  public record Allowed(
      String type,
      boolean wildcard,
      String member,
      String caveat,
      boolean expiration,
      Position at) {
    /** As written. */
    public String text() {
      return subject()
          + (caveat == null && !expiration ? "" : " with ")
          + (caveat == null ? "" : caveat)
          + (caveat != null && expiration ? " and " : "")
          + (expiration ? "expiration" : "");
    }

    /** The subject's part of it. */
    public String subject() {
      return type + (wildcard ? ":*" : member == null ? "" : "#" + member);
    }
  }

  /** A parameter of a condition. */
  public record Parameter(String name, CaveatType type, Position at) {}

  /** A condition. */
  public record Condition(
      String name,
      List<Parameter> parameters,
      String body,
      List<String> comments,
      Position at,
      Position bodyAt,
      int order) {}
}
