package dev.anvil.authz.graph;

import dev.anvil.authz.graph.Oracle.Ex;
import dev.anvil.authz.tuples.TupleText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Small random schemas, tuples and questions that meet every construct. */
final class RandomWorlds {
  private static final List<String> TYPES = List.of("a", "b", "c");
  private static final List<String> RELATIONS = List.of("r0", "r1", "r2");
  private static final List<String> PERMISSIONS = List.of("p0", "p1", "p2");

  final SplittableRandom random;
  final Map<String, Map<String, Ex>> types = new LinkedHashMap<>();

  /** Whether a permission subtracts what can lead back to it. */
  boolean unstable;

  RandomWorlds(SplittableRandom random) {
    this.random = random;
    for (String t : TYPES) {
      Map<String, Ex> members = new LinkedHashMap<>();
      for (String r : RELATIONS) {
        List<String> shapes = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
          String s = shape();
          if (!shapes.contains(s)) {
            shapes.add(s);
          }
        }
        members.put(r, new Ex.Rel(shapes));
      }
      types.put(t, members);
    }
    types.put("u", Map.of());
    unstable = random.nextInt(3) == 0;
    if (unstable) {
      types.get("a").put("r0", new Ex.Rel(List.of("u", "a#r0")));
      types.get("a").put("r1", new Ex.Rel(List.of("a#p0", "b#r1")));
      types.get("b").put("r1", new Ex.Rel(List.of("a#p0", "u")));
    }
    for (String t : TYPES) {
      List<String> earlier = new ArrayList<>(RELATIONS);
      for (String p : PERMISSIONS) {
        boolean against = unstable && t.equals("a") && p.equals("p0");
        types
            .get(t)
            .put(
                p,
                against
                    ? new Ex.Op('-', new Ex.Ref("r0"), new Ex.Ref("r1"))
                    : expression(t, earlier, 3));
        earlier.add(p);
      }
    }
  }

  /** Lets the first relation of each type hold itself, so that closures can be kept. */
  void nest() {
    for (String t : TYPES) {
      List<String> before = ((Ex.Rel) types.get(t).get("r0")).shapes();
      List<String> shapes = new ArrayList<>(List.of("u", t + "#r0"));
      if (random.nextInt(4) == 0) {
        shapes.add(t + "#r0 with on42");
      }
      String other = one(before);
      if (random.nextBoolean() && !shapes.contains(other)) {
        shapes.add(other);
      }
      types.get(t).put("r0", new Ex.Rel(shapes));
    }
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String shape() {
    String subject =
        switch (random.nextInt(8)) {
          case 0, 1 -> "u";
          case 2 -> "u:*";
          case 3, 4 -> one(TYPES);
          default -> one(TYPES) + "#" + one(random.nextInt(3) == 0 ? PERMISSIONS : RELATIONS);
        };
    return subject + (random.nextInt(4) == 0 ? " with on42" : "");
  }

  private Ex expression(String type, List<String> names, int depth) {
    int kind = random.nextInt(depth > 0 ? 9 : 4);
    if (kind > 3) {
      char sign = "++&--".charAt(kind - 4);
      return new Ex.Op(
          sign, expression(type, names, depth - 1), expression(type, names, depth - 1));
    }
    if (kind == 3 && random.nextInt(8) == 0) {
      return new Ex.Nil();
    }
    if (kind >= 2) {
      List<String> over =
          RELATIONS.stream().filter(r -> walkable((Ex.Rel) types.get(type).get(r))).toList();
      if (!over.isEmpty()) {
        String target = one(random.nextBoolean() ? RELATIONS : PERMISSIONS);
        return new Ex.Arrow(one(over), target, random.nextInt(3) == 0);
      }
    }
    return new Ex.Ref(one(names));
  }

  private static boolean walkable(Ex.Rel r) {
    return r.shapes().stream().noneMatch(s -> s.startsWith("u:*"))
        && r.shapes().stream().anyMatch(s -> !s.startsWith("u"));
  }

  String schema() {
    StringBuilder out = new StringBuilder("caveat on42(n int) { n == 42 }\ndefinition u {}\n");
    for (String t : TYPES) {
      out.append("definition ").append(t).append(" {\n");
      types
          .get(t)
          .forEach((name, ex) -> {
            if (ex instanceof Ex.Rel r) {
              out.append("relation ").append(name).append(": ");
              out.append(String.join(" | ", r.shapes())).append('\n');
            } else {
              out.append("permission ").append(name).append(" = ").append(text(ex)).append('\n');
            }
          });
      out.append("}\n");
    }
    return out.toString();
  }

  private static String text(Ex ex) {
    return switch (ex) {
      case Ex.Nil _ -> "nil";
      case Ex.Ref r -> r.name();
      case Ex.Arrow a ->
          a.all() ? a.relation() + ".all(" + a.target() + ")" : a.relation() + "->" + a.target();
      case Ex.Op op -> "(" + text(op.left()) + " " + op.sign() + " " + text(op.right()) + ")";
      case Ex.Rel _ -> throw new IllegalStateException();
    };
  }

  /** Tuples of admitted shapes, one a key. */
  void fill(World world, int count) {
    Map<String, String> byKey = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String type = one(TYPES);
      String relation = one(RELATIONS);
      String shape = one(((Ex.Rel) types.get(type).get(relation)).shapes());
      boolean caveat = shape.endsWith(" with on42");
      String bare = shape.replace(" with on42", "");
      int hash = bare.indexOf('#');
      String subject =
          bare.endsWith("*")
              ? bare
              : (hash < 0 ? bare : bare.substring(0, hash))
                  + ":"
                  + random.nextInt(4)
                  + (hash < 0 ? "" : bare.substring(hash));
      String key = type + ":" + random.nextInt(4) + "#" + relation + "@" + subject;
      String stored =
          switch (random.nextInt(6)) {
            case 0 -> ":{\"n\":42}";
            case 1 -> ":{\"n\":41}";
            default -> "";
          };
      byKey.put(key, key + (caveat ? "[on42" + stored + "]" : ""));
    }
    if (unstable && count > 3) {
      String a = "a:" + random.nextInt(4);
      byKey.put(a + "#r1@" + a + "#p0", a + "#r1@" + a + "#p0");
      String viewer = a + "#r0@u:" + random.nextInt(4);
      byKey.put(viewer, viewer);
    }
    byKey.values().forEach(t -> world.tuples.add(TupleText.parse(t)));
  }

  String subject() {
    return switch (random.nextInt(8)) {
      case 0 -> "u:*";
      case 1 -> one(TYPES) + ":" + random.nextInt(4);
      case 2, 3 ->
          one(TYPES)
              + ":"
              + random.nextInt(4)
              + "#"
              + one(random.nextBoolean() ? RELATIONS : PERMISSIONS);
      default -> "u:" + random.nextInt(4);
    };
  }

  String object() {
    return one(TYPES) + ":" + random.nextInt(4);
  }

  String member() {
    return one(random.nextInt(4) == 0 ? RELATIONS : PERMISSIONS);
  }

  Map<String, Long> context() {
    return switch (random.nextInt(5)) {
      case 0 -> Map.of("n", 42L);
      case 1 -> Map.of("n", 41L);
      case 2 -> Map.of("n", 0L);
      default -> Map.of();
    };
  }

  String shown(World world) {
    return schema() + world.tuples.stream().map(Object::toString).collect(Collectors.joining("\n"));
  }
}
