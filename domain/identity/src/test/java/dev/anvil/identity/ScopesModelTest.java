package dev.anvil.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares covering, intersection and permission with a model that knows nothing of them: a scope
 * is the plain set of (action, name) pairs it stands for, in a small world of names.
 */
@Tag("fast")
class ScopesModelTest {
  private static final int ROUNDS = 3_000;

  private static final List<Action> ACTIONS =
      List.of(Action.OBJECT_READ, Action.OBJECT_WRITE, Action.BUCKET_READ, Action.WATCH_READ);

  private static final List<String> ACTION_TEXTS =
      List.of(
          "*", "object:*", "object:read", "object:write", "bucket:*", "bucket:read", "watch:read");

  /** The world holds, for every star pattern below, a name that only it and wider ones cover. */
  private static final List<String> NAMES =
      List.of(
          "bucket:docs",
          "bucket:docs/a",
          "bucket:docs/a/b",
          "bucket:docs/a/b/c",
          "bucket:docs/ab",
          "bucket:docs/%2A",
          "bucket:docs2",
          "bucket:docs2/a",
          "group:acme",
          "group:acme.x",
          "group:acme.x.y",
          "index:docs/i",
          "authz:doc/1",
          "authz:doc/1#viewer");

  private static final List<String> PATTERNS =
      List.of(
          "*",
          "bucket:*",
          "bucket:docs/*",
          "bucket:docs/a/*",
          "bucket:docs/a/b/*",
          "bucket:docs2/*",
          "group:*",
          "group:acme.*",
          "group:acme.x.*",
          "index:*",
          "index:docs/*",
          "authz:*",
          "authz:doc/*");

  private final long seed = Long.getLong("anvil.seed", 20_260_101L);
  private final Random random = new Random(seed);

  private record Atom(Action action, String name) {}

  private static Set<Atom> meaning(String scope) {
    String action = scope.substring(0, scope.indexOf('|'));
    String resource = scope.substring(scope.indexOf('|') + 1);
    Set<Atom> atoms = new HashSet<>();
    for (Action a : ACTIONS) {
      boolean named =
          action.equals("*")
              || action.equals(a.text())
              || action.endsWith(":*") && a.text().startsWith(action.replace("*", ""));
      for (String name : NAMES) {
        boolean inside =
            resource.endsWith("*")
                ? name.startsWith(resource.substring(0, resource.length() - 1))
                : name.equals(resource);
        if (named && inside) {
          atoms.add(new Atom(a, name));
        }
      }
    }
    return atoms;
  }

  private static Set<Atom> meaning(List<String> scopes) {
    Set<Atom> all = new HashSet<>();
    scopes.forEach(s -> all.addAll(meaning(s)));
    return all;
  }

  private static Set<Atom> allowed(Scopes scopes) {
    Set<Atom> all = new HashSet<>();
    for (Action action : ACTIONS) {
      for (String name : NAMES) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (scopes.allows(action, new ScopeResource(bytes, false))) {
          all.add(new Atom(action, name));
        }
      }
    }
    return all;
  }

  private List<String> randomScopes(int most) {
    List<String> scopes = new ArrayList<>();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      List<String> resources = random.nextBoolean() ? NAMES : PATTERNS;
      scopes.add(
          ACTION_TEXTS.get(random.nextInt(ACTION_TEXTS.size()))
              + "|"
              + resources.get(random.nextInt(resources.size())));
    }
    return scopes;
  }

  private static Scopes parsed(List<String> scopes) {
    return Scopes.of(scopes.stream().map(Scope::parse).toList());
  }

  @Test
  void setsAllowWhatTheirScopesStandFor() {
    for (int i = 0; i < ROUNDS; i++) {
      List<String> scopes = randomScopes(6);
      assertThat(allowed(parsed(scopes)))
          .as("seed %d, %s", seed, scopes)
          .isEqualTo(meaning(scopes));
    }
  }

  @Test
  void intersectionsAllowWhatBothAllow() {
    for (int i = 0; i < ROUNDS; i++) {
      List<String> left = randomScopes(6);
      List<String> right = randomScopes(6);
      Set<Atom> both = meaning(left);
      both.retainAll(meaning(right));
      Scopes found = parsed(left).intersect(parsed(right));
      assertThat(allowed(found)).as("seed %d, %s with %s", seed, left, right).isEqualTo(both);
      assertThat(found).isEqualTo(parsed(right).intersect(parsed(left)));
      assertThat(found.isEmpty() ? Scopes.NONE : Scopes.parse(found.text(), 4_096))
          .isEqualTo(found);
    }
  }

  @Test
  void coveringIsInclusion() {
    for (int i = 0; i < ROUNDS; i++) {
      List<String> left = randomScopes(4);
      for (String one : randomScopes(2)) {
        boolean covered = parsed(left).covers(Scope.parse(one));
        if (covered) {
          assertThat(meaning(left))
              .as("seed %d, %s covers %s", seed, left, one)
              .containsAll(meaning(one));
        }
        boolean byOne = left.stream().anyMatch(l -> Scope.parse(l).covers(Scope.parse(one)));
        assertThat(covered).isEqualTo(byOne);
      }
    }
  }

  @Test
  void escapingKeepsPrefixesAndOrderOfNothingElse() {
    String alphabet = "a%2A*\" /\u0001é";
    for (int i = 0; i < ROUNDS; i++) {
      String left = word(alphabet);
      String right = word(alphabet);
      String leftEscaped = escaped(left);
      String rightEscaped = escaped(right);
      assertThat(rightEscaped.startsWith(leftEscaped))
          .as("seed %d, '%s' in '%s'", seed, left, right)
          .isEqualTo(right.startsWith(left));
    }
  }

  private String word(String alphabet) {
    StringBuilder word = new StringBuilder();
    for (int left = random.nextInt(5); left > 0; left--) {
      word.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return word.toString();
  }

  private static String escaped(String raw) {
    byte[] bytes = ScopeResource.escape(raw.getBytes(StandardCharsets.UTF_8));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
