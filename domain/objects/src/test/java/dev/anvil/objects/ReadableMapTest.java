package dev.anvil.objects;

import static dev.anvil.objects.GovernedWorld.ANNA;
import static dev.anvil.objects.GovernedWorld.DOCS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.ReadableMap;
import dev.anvil.authz.ReadableMap.Answer;
import dev.anvil.authz.relations.FindObjects;
import dev.anvil.authz.relations.MapReadable;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Lists;
import dev.anvil.authz.store.WriteRequest.Op;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Denied;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The readable map of a bucket, and the roots that list-objects tells, are what checks say. */
class ReadableMapTest {
  private static final long SEED = Long.getLong("anvil.seed", 20_261_126L);
  private static final String[] PARTS = {"a", "b", "a-b", "c/", "\u00e9"};

  private static ReadableMap map(GovernedWorld w, Call call) {
    return new MapReadable(w.authz).execute(call, new MapReadable.Command(DOCS)).map();
  }

  private static List<Lists.Found> roots(GovernedWorld w, String type, int limit) {
    List<Lists.Found> all = new ArrayList<>();
    String page = null;
    do {
      FindObjects.Result r =
          new FindObjects(w.authz)
              .execute(
                  ANNA,
                  new FindObjects.Command(
                      type,
                      "read",
                      TupleText.subject("anvil/app:anvanna"),
                      Map.of(),
                      List.of(),
                      limit,
                      page,
                      Consistency.FULL));
      all.addAll(r.objects());
      page = r.next();
    } while (page != null);
    return all;
  }

  private static String key(Random random) {
    StringBuilder key = new StringBuilder();
    for (int depth = 1 + random.nextInt(4); depth > 0; depth--) {
      key.append(key.isEmpty() || key.charAt(key.length() - 1) == '/' ? "" : "/");
      key.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return key.toString();
  }

  private static String tuple(Random random, String key, boolean everybody) {
    List<String> subjects =
        everybody
            ? List.of("anvil/app:anvanna", "anvil/group:g#member", "anvil/public:all")
            : List.of("anvil/app:anvanna", "anvil/group:g#member");
    String subject = subjects.get(random.nextInt(subjects.size()));
    List<String> relations =
        subject.endsWith("all")
            ? List.of("reader", "writer")
            : List.of("reader", "reader", "writer", "owner", "banned", "banned");
    int slash = key.lastIndexOf('/', random.nextInt(key.length()));
    String on =
        random.nextInt(12) == 0
            ? "bucket:docs"
            : slash > 0 && random.nextBoolean()
                ? "folder:docs/" + key.substring(0, slash + 1)
                : "object:docs/" + key;
    String relation = relations.get(random.nextInt(relations.size()));
    return "anvil/" + on + "#" + relation + "@" + subject;
  }

  @Test
  void everyKeyHasTheAnswerOfARead() {
    for (int round = 0; round < 60; round++) {
      Random random = new Random(SEED + round);
      try (GovernedWorld w = GovernedWorld.start()) {
        Set<String> keys = new LinkedHashSet<>();
        while (keys.size() < 30) {
          keys.add(key(random));
        }
        List<String> all = List.copyOf(keys);
        w.write(Op.TOUCH, "anvil/group:g#member@anvil/app:anvanna");
        Set<String> tuples = new LinkedHashSet<>();
        for (int n = random.nextInt(14); n > 0; n--) {
          tuples.add(tuple(random, all.get(random.nextInt(all.size())), true));
        }
        if (!tuples.isEmpty()) {
          w.write(Op.TOUCH, tuples.toArray(String[]::new));
        }
        ReadableMap map = map(w, ANNA);
        for (String k : all) {
          assertThat(map.answer(ObjectKey.of(k)))
              .as("seed %d key %s of %s: %s", SEED + round, k, tuples, map.nodes())
              .isEqualTo(w.may(ANNA, Action.OBJECT_READ, k) ? Answer.ALLOWED : Answer.DENIED);
        }
        for (ReadableMap.Node n : map.nodes()) {
          boolean below =
              map.nodes().stream()
                  .anyMatch(
                      m -> m.path().length() > n.path().length() && m.path().startsWith(n.path()));
          assertThat(n.exact()).as(n + " of " + map.nodes()).isEqualTo(n.object() || !below);
        }
      }
    }
  }

  @Test
  void rootsReachAllThatMayBeRead() {
    for (int round = 0; round < 60; round++) {
      Random random = new Random(SEED + round);
      try (GovernedWorld w = GovernedWorld.start()) {
        Set<String> keys = new LinkedHashSet<>();
        while (keys.size() < 30) {
          keys.add(key(random));
        }
        w.write(Op.TOUCH, "anvil/group:g#member@anvil/app:anvanna");
        Set<String> tuples = new LinkedHashSet<>();
        for (int n = 1 + random.nextInt(14); n > 0; n--) {
          tuples.add(tuple(random, List.copyOf(keys).get(random.nextInt(keys.size())), false));
        }
        w.write(Op.TOUCH, tuples.toArray(String[]::new));
        List<Lists.Found> roots = roots(w, "anvil/object", 1 + random.nextInt(5));
        for (String k : keys) {
          String id = "docs/" + k;
          boolean may = w.may(ANNA, Action.OBJECT_READ, k);
          String what = "seed " + (SEED + round) + " key " + k + " of " + tuples + ": " + roots;
          boolean reached =
              roots.stream()
                  .anyMatch(r -> r.exact() == null ? r.id().equals(id) : id.startsWith(r.id()));
          assertThat(reached || !may).as(what).isTrue();
          boolean certain =
              roots.stream()
                  .anyMatch(r ->
                      r.exact() == null
                          ? r.id().equals(id)
                          : r.exact() && id.startsWith(r.id()) && !id.equals(r.id()));
          assertThat(may || !certain).as(what).isTrue();
        }
      }
    }
  }

  @Test
  void rootsAreExactUntilSomethingBelowIsTakenAway() {
    try (GovernedWorld w = GovernedWorld.start()) {
      w.write(
          Op.TOUCH,
          "anvil/folder:docs/a/#reader@anvil/app:anvanna",
          "anvil/object:docs/z#reader@anvil/app:anvanna");
      assertThat(roots(w, "anvil/object", 9))
          .extracting(r -> r.id() + " " + r.exact())
          .containsExactly("docs/a/ true", "docs/z null");
      assertThat(roots(w, "anvil/folder", 9))
          .extracting(r -> r.id() + " " + r.exact())
          .containsExactly("docs/a/ true");
      w.write(Op.TOUCH, "anvil/object:docs/a/b/c#banned@anvil/app:anvanna");
      assertThat(roots(w, "anvil/object", 1))
          .extracting(r -> r.id() + " " + r.exact())
          .containsExactly("docs/a/ false", "docs/z null");
      w.write(Op.TOUCH, "anvil/tenant:acme#admin@anvil/app:anvanna");
      assertThat(roots(w, "anvil/object", 9))
          .extracting(r -> r.id() + " " + r.exact())
          .containsExactly("docs/ false", "docs/a/ false", "docs/z null");
    }
  }

  @Test
  void scopesAndSchemasHaveTheirSay() {
    try (GovernedWorld w = GovernedWorld.start()) {
      w.write(Op.TOUCH, "anvil/bucket:docs#reader@anvil/app:anvanna");
      assertThat(map(w, ANNA).everything()).isTrue();
      Call narrow = scoped("object:read|bucket:docs/a/*");
      ReadableMap map = map(w, narrow);
      assertThat(map.everything()).isFalse();
      assertThat(map.answer(ObjectKey.of("a/x"))).isEqualTo(Answer.ALLOWED);
      assertThat(map.answer(ObjectKey.of("b"))).isEqualTo(Answer.DENIED);
      assertThatThrownBy(() -> map(w, scoped("object:read|bucket:other/*")))
          .isInstanceOf(Denied.class);
      w.schema("definition anvil/object { permission read = reader }");
      assertThat(map(w, ANNA).answer(ObjectKey.of("a/x"))).isEqualTo(Answer.ASK);
      w.govern(false);
      assertThat(map(w, ANNA).everything()).isTrue();
    }
  }

  private static Call scoped(String scope) {
    return new Call(Caller.application(7, "acme", "anvanna", Scopes.parse(scope)), "r1");
  }
}
