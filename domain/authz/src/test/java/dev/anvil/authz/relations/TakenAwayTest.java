package dev.anvil.authz.relations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.ports.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Lists of objects from which relations take away are what checks say: what no tuple takes away is
 * listed without a check, and what one may take away is checked.
 */
class TakenAwayTest {
  private static final int DOCS = 14;
  private static final String MEMBERS =
      """
      relation parent: folder
      relation viewer: user | user:* | group#member | user with on42
      relation editor: user
      relation banned: user | user:* | group#member | user with on42
      relation held: folder#viewer | user
      relation lost: team#lead
      permission view = (viewer + editor + parent->viewer) - banned
      permission deep = view - held
      permission both = (viewer & editor) - banned
      permission either = (viewer - held) + editor
      permission odd = viewer - (banned - editor)
      permission far = viewer - parent->banned
      permission unwalked = viewer - lost
      permission blocked = banned + held
      permission named = (viewer + parent->viewer) - blocked
      """;
  private static final String TYPES =
      """
      definition folder { relation viewer: user | group#member
        relation banned: user }
      definition team { relation lead: user }
      """;
  private static final List<String> PERMISSIONS =
      List.of("view", "deep", "both", "either", "odd", "far", "unwalked", "named");
  private static final List<String> SUBJECTS =
      List.of("user:a", "user:b", "user:c", "user:*", "group:0#member", "group:2#member");

  private static String one(RandomGenerator random, String... of) {
    return of[random.nextInt(of.length)];
  }

  private static String tuple(RandomGenerator random) {
    String user = one(random, "user:a", "user:b", "user:c");
    String group = "group:" + random.nextInt(4) + "#member";
    String doc = "doc:" + (char) ('a' + random.nextInt(DOCS));
    String folder = "folder:" + random.nextInt(3);
    return switch (random.nextInt(14)) {
      case 0 -> group.replace("#member", "#member@") + user;
      case 1 ->
          "group:" + random.nextInt(2) + "#member@group:" + (2 + random.nextInt(2)) + "#member";
      case 2 -> doc + "#parent@" + folder;
      case 3, 4 -> doc + "#viewer@" + one(random, user, group);
      case 5 ->
          doc + "#viewer@" + one(random, "user:*", user + "[on42]", user + "[on42:{\"n\":42}]");
      case 6 -> doc + "#editor@" + user;
      case 7, 8 -> doc + "#banned@" + one(random, user, user, group);
      case 9 ->
          doc + "#banned@" + one(random, "user:*", user + "[on42]", user + "[on42:{\"n\":1}]");
      case 10 -> doc + "#held@" + one(random, user, folder + "#viewer");
      case 11 -> folder + "#viewer@" + one(random, user, group);
      case 12 -> folder + "#banned@" + user;
      default -> one(random, doc + "#lost@team:t#lead", "team:t#lead@" + user);
    };
  }

  private static List<String> listed(
      AuthzWorld w, String permission, String subject, int limit, Consistency at, String... own) {
    List<String> all = new ArrayList<>();
    String page = null;
    do {
      FindObjects.Result r =
          new FindObjects(w.services)
              .execute(
                  AuthzWorld.CALL,
                  new FindObjects.Command(
                      "doc",
                      permission,
                      TupleText.subject(subject),
                      Map.of(),
                      List.of(own).stream().map(TupleText::parse).toList(),
                      limit,
                      page,
                      at));
      r.objects().forEach(f -> all.add(f.id() + " " + f.outcome() + " " + f.missing()));
      page = r.next();
    } while (page != null);
    return all;
  }

  private static List<String> checked(
      AuthzWorld w, String permission, String subject, Consistency at, String... own) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < DOCS; i++) {
      String id = String.valueOf((char) ('a' + i));
      String question = "doc:" + id + "#" + permission + "@" + subject;
      Verdict v = w.ask(AuthzWorld.question(question, null, own), at);
      if (v.outcome() != Verdict.Outcome.DENIED) {
        all.add(id + " " + v.outcome() + " " + v.missing());
      }
    }
    return all;
  }

  @Test
  void listsAreWhatChecksSay() {
    Seeds.fixed(random -> {
      for (int round = 0; round < 12; round++) {
        try (AuthzWorld w = new AuthzWorld()) {
          w.schema(AuthzWorld.COMMON + TYPES + "definition doc {\n" + MEMBERS + "}\n");
          List<String> tuples =
              IntStream.range(0, 70).mapToObj(i -> tuple(random)).distinct().toList();
          tuples.forEach(w::touch);
          Consistency then = new Consistency.Exact(w.touch("team:none#lead@user:a").token());
          tuples.stream().filter(t -> random.nextInt(4) == 0).forEach(t -> w.delete(bare(t)));
          String own = tuple(random);
          for (String permission : PERMISSIONS) {
            for (String subject : SUBJECTS) {
              int limit = 1 + random.nextInt(6);
              String what = permission + " of " + subject + " in " + tuples;
              assertThat(listed(w, permission, subject, limit, Consistency.FULL))
                  .as(what)
                  .isEqualTo(checked(w, permission, subject, Consistency.FULL));
              assertThat(listed(w, permission, subject, limit, then))
                  .as("then " + what)
                  .isEqualTo(checked(w, permission, subject, then));
              assertThat(listed(w, permission, subject, limit, Consistency.FULL, own))
                  .as(own + " and " + what)
                  .isEqualTo(checked(w, permission, subject, Consistency.FULL, own));
            }
          }
        }
      }
    });
  }

  @Test
  void aSetContainsItselfAlsoWhereItIsTakenAway() {
    try (AuthzWorld w = new AuthzWorld()) {
      w.schema(
          AuthzWorld.COMMON
              + """
              definition doc {
                relation viewer: user | group#member
                relation banned: user | group#member
                permission view = (viewer + banned) - banned
                permission all = viewer - nil
              }
              """);
      w.touch("doc:a#viewer@user:a", "doc:b#banned@user:a");
      String banned = "doc:a#banned";
      assertThat(checked(w, "view", banned, Consistency.FULL)).isEmpty();
      assertThat(listed(w, "view", banned, 100, Consistency.FULL)).isEmpty();
      assertThat(listed(w, "all", "doc:a#viewer", 100, Consistency.FULL))
          .isEqualTo(checked(w, "all", "doc:a#viewer", Consistency.FULL))
          .containsExactly("a ALLOWED []");
    }
  }

  /** Whoever is listed, or in by the wildcard and not excepted; on pages of this length. */
  private static List<String> subjects(AuthzWorld w, String on, String permission, int limit) {
    List<String> all = new ArrayList<>();
    String page = null;
    do {
      FindSubjects.Result r =
          new FindSubjects(w.services)
              .execute(
                  AuthzWorld.CALL,
                  new FindSubjects.Command(
                      TupleText.object(on),
                      permission,
                      "user",
                      null,
                      Map.of(),
                      List.of(),
                      limit,
                      page,
                      Consistency.FULL));
      r.found().forEach(f -> all.add(f.id() + " " + f.outcome() + " " + f.missing()));
      page = r.next();
    } while (page != null);
    return all;
  }

  @Test
  void subjectsArePagedAsTheyAreChecked() {
    Seeds.fixed(random -> {
      try (AuthzWorld w = new AuthzWorld()) {
        w.schema(AuthzWorld.COMMON + TYPES + "definition doc {\n" + MEMBERS + "}\n");
        // one of them comes before the wildcard in byte order
        List<String> users = List.of("!", "+", "A", "a", "b", "c", "cc", "d", "\u00e9");
        for (int i = 0; i < 120; i++) {
          String user = "user:" + users.get(random.nextInt(users.size()));
          w.touch(tuple(random).replaceAll("user:[abc]", user));
        }
        for (int d = 0; d < DOCS; d++) {
          String on = "doc:" + (char) ('a' + d);
          for (String permission : List.of("view", "deep", "either", "odd", "named", "viewer")) {
            List<String> named = subjects(w, on, permission, 100);
            for (int limit = 1; limit < 4; limit++) {
              assertThat(subjects(w, on, permission, limit)).as(on + permission).isEqualTo(named);
            }
            for (String user : users) {
              Verdict v =
                  w.ask(
                      AuthzWorld.question(on + "#" + permission + "@user:" + user, null),
                      Consistency.FULL);
              String told = user + " " + v.outcome() + " " + v.missing();
              boolean everybody = w.subjects(on, permission, "user", null).wildcard() != null;
              boolean in = v.outcome() != Verdict.Outcome.DENIED;
              assertThat(named.contains(told))
                  .as(on + permission + told)
                  .isIn(in, in && !everybody);
            }
          }
        }
      }
    });
  }

  @Test
  void whoIsOtherThanEverybodyIsListedByName() {
    try (AuthzWorld w = new AuthzWorld()) {
      w.schema(
          AuthzWorld.COMMON
              + "definition doc { relation viewer: user | user:*"
              + "; relation banned: user | user with on42"
              + "; permission view = viewer - banned }");
      w.touch("doc:a#viewer@user:*", "doc:a#banned@user:a", "doc:a#banned@user:z");
      w.touch("doc:a#banned@user:c[on42]", "doc:a#banned@user:y[on42]", "doc:a#viewer@user:y");
      w.touch("doc:a#banned@user:d[on42:{\"n\":41}]");
      List<String> told = List.of("c CONDITIONAL [n]", "y CONDITIONAL [n]");
      for (int limit : new int[] {100, 2, 1}) {
        assertThat(subjects(w, "doc:a", "view", limit)).isEqualTo(told);
      }
      assertThat(w.subjects("doc:a", "view", "user", null).wildcard().except())
          .containsExactly("a", "z");
    }
  }

  private static String bare(String tuple) {
    int end = tuple.indexOf('[');
    return end < 0 ? tuple : tuple.substring(0, end);
  }

  @Test
  void bansThatAreFarMoreThanWhatIsSeenAreNotReadThrough() {
    try (AuthzWorld w = new AuthzWorld()) {
      w.schema(AuthzWorld.COMMON + TYPES + "definition doc {\n" + MEMBERS + "}\n");
      for (int i = 0; i < 6_000; i += 500) {
        w.touch(
            IntStream.range(i, i + 500)
                .mapToObj(n -> "doc:m%05d#banned@user:a".formatted(n))
                .toArray(String[]::new));
      }
      w.touch("doc:a#viewer@user:a", "doc:z#viewer@user:a", "doc:z#banned@user:a");
      w.touch("doc:n#viewer@user:a");
      assertThat(listed(w, "view", "user:a", 100, Consistency.FULL))
          .containsExactly("a ALLOWED []", "n ALLOWED []");
    }
  }
}
