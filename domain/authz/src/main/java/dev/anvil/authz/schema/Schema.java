package dev.anvil.authz.schema;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** A checked and compiled schema. Immutable to others; safe for any number of threads. */
public final class Schema {
  /** Stands for no member: the plain object. Interned names start at 1. */
  public static final int PLAIN = 0;

  /** A relation or permission. */
  public static final class Member {
    private final Type type;
    private final String name;
    private final int id;
    private final int ordinal;
    private final List<Shape> shapes;
    private final boolean nests;
    private Plan plan;

    Member(Type type, String name, int id, int ordinal, List<Shape> shapes) {
      this.type = type;
      this.name = name;
      this.id = id;
      this.ordinal = ordinal;
      this.shapes = shapes;
      this.nests = shapes != null && shapes.stream().anyMatch(this::own);
    }

    void plan(Plan compiled) {
      plan = compiled;
    }

    /** Type it belongs to. */
    public Type type() {
      return type;
    }

    /** As declared. */
    public String name() {
      return name;
    }

    /** Interned. */
    public int id() {
      return id;
    }

    /** Whether it holds tuples. */
    public boolean relation() {
      return shapes != null;
    }

    /** What it admits; only of a relation. */
    public List<Shape> shapes() {
      return shapes;
    }

    /** What it is computed from; only of a permission. */
    public Plan plan() {
      return plan;
    }

    int ordinal() {
      return ordinal;
    }

    /** Whether it admits its own userset, bare: a group in a group. */
    public boolean nests() {
      return nests;
    }

    /** Whether it admits usersets other than its own, bare. */
    public boolean mixes() {
      if (shapes == null) {
        return false;
      }
      for (Shape s : shapes) {
        if (s.member() != PLAIN && !own(s)) {
          return true;
        }
      }
      return false;
    }

    private boolean own(Shape s) {
      return s.type() == type.id() && s.member() == id && s.bare();
    }

    /** Whether tuples of exactly this shape may be. */
    public boolean admits(Shape shape) {
      return shapes != null && shapes.contains(shape);
    }

    @Override
    public String toString() {
      return type.name() + "#" + name;
    }
  }

  /** An object type. */
  public static final class Type {
    private final String name;
    private final int id;
    private final Map<Integer, Member> members = new LinkedHashMap<>();
    private final Map<String, Member> byName = new LinkedHashMap<>();

    Type(String name, int id) {
      this.name = name;
      this.id = id;
    }

    void add(Member member) {
      members.put(member.id(), member);
      byName.put(member.name(), member);
    }

    /** As declared. */
    public String name() {
      return name;
    }

    /** Interned. */
    public int id() {
      return id;
    }

    /** The member, or null. */
    public Member member(int member) {
      return members.get(member);
    }

    /** The member, or null. */
    public Member member(String member) {
      return byName.get(member);
    }

    /** All of them. */
    public Collection<Member> members() {
      return byName.values();
    }
  }

  private final String text;
  private final byte[] digest;
  private final Map<String, Type> byName;
  private final Map<Integer, Type> byId = new HashMap<>();
  private final Map<String, Condition> conditions;
  private final Map<Integer, Condition> conditionsById = new HashMap<>();
  private final List<SchemaProblem> warnings;
  private volatile Uses uses;
  private final Map<Long, BitSet> reach = new ConcurrentHashMap<>();

  private final boolean redefines;

  Schema(
      String text,
      byte[] digest,
      Map<String, Type> types,
      Map<String, Condition> conditions,
      List<SchemaProblem> warnings,
      boolean redefines) {
    this.text = text;
    this.redefines = redefines;
    this.digest = digest;
    this.byName = types;
    this.conditions = conditions;
    this.warnings = List.copyOf(warnings);
    types.values().forEach(t -> byId.put(t.id(), t));
    conditions.values().forEach(c -> conditionsById.put(c.id(), c));
  }

  /** As written by the tenant. */
  public String text() {
    return text;
  }

  /** SHA-256 of the canonical form; not changed by who holds it. */
  public byte[] digest() {
    return digest;
  }

  /** The digest in hexadecimal. */
  public String digestText() {
    return HexFormat.of().formatHex(digest);
  }

  /** Whether the text defines types of the server. */
  public boolean redefinesSystem() {
    return redefines;
  }

  /** What is doubtful. */
  public List<SchemaProblem> warnings() {
    return warnings;
  }

  /** The type, or null. */
  public Type type(String name) {
    return byName.get(name);
  }

  /** The type, or null. */
  public Type type(int id) {
    return byId.get(id);
  }

  /** All types. */
  public Collection<Type> types() {
    return byName.values();
  }

  /** The member, or null. */
  public Member member(int type, int member) {
    Type t = byId.get(type);
    return t == null ? null : t.member(member);
  }

  /** The condition, or null. */
  public Condition condition(String name) {
    return conditions.get(name);
  }

  /** The condition, or null. */
  public Condition condition(int id) {
    return conditionsById.get(id);
  }

  /** All conditions by name. */
  public Collection<Condition> conditions() {
    return conditions.values();
  }

  /** What each member is used by. */
  public Uses uses() {
    Uses known = uses;
    if (known == null) {
      known = Uses.of(this);
      uses = known;
    }
    return known;
  }

  /**
   * Which members a subject of this kind can be in at all, whatever the tuples.
   *
   * @param subjectMember {@link #PLAIN} for an object
   * @param wildcard whether the wildcard itself is asked
   */
  public Predicate<Member> reach(int subjectType, int subjectMember, boolean wildcard) {
    long kind = (long) subjectType << 33 | (long) subjectMember << 1 | (wildcard ? 1 : 0);
    BitSet set =
        reach.computeIfAbsent(kind, k -> Reach.of(this, subjectType, subjectMember, wildcard));
    return member -> set.get(member.ordinal());
  }
}
