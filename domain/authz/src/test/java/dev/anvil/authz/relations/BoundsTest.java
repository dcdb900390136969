package dev.anvil.authz.relations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.limits.AuthzLimits.QuestionLimits;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Filter;
import dev.anvil.authz.store.FilterDeletes;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.SchemaWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.ports.failure.AnvilException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every bound: what is at it passes, what is one past it is refused by name. */
class BoundsTest {
  private static final String OK = "ok";
  private AuthzWorld world = new AuthzWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private void limited(QuestionLimits limits) {
    world.close();
    world = new AuthzWorld(AuthzLimits.DEFAULT.with(limits));
  }

  private static String outcome(Runnable what) {
    try {
      what.run();
      return OK;
    } catch (AnvilException e) {
      return e.code().wire();
    }
  }

  /** At the bound it passes, one past it does not. */
  private static void bound(int most, String code, IntConsumer at) {
    assertThat(outcome(() -> at.accept(most))).as("at %d", most).isEqualTo(OK);
    assertThat(outcome(() -> at.accept(most + 1))).as("past %d", most).isEqualTo(code);
  }

  private void schemaBound(int most, IntFunction<String> text) {
    bound(
        most,
        "SchemaInvalid",
        n -> {
          var put = new SchemaWrites.Put(text.apply(n), false, null, true, List.of());
          new PutSchema(world.services).execute(AuthzWorld.CALL, new PutSchema.Command(put, true));
        });
  }

  private static String many(int n, String each) {
    return IntStream.range(0, n).mapToObj(each::formatted).collect(Collectors.joining("\n"));
  }

  private static String caveat(int parameters, int bytes) {
    String names =
        IntStream.range(0, parameters)
            .mapToObj(i -> "p" + i + " int")
            .collect(Collectors.joining(", "));
    String body = "p0 ==" + " ".repeat(Math.max(0, bytes - 6)) + "1";
    return "caveat c(" + names + ") {" + body + "}";
  }

  @Test
  void schemas() {
    schemaBound(256 << 10, n -> "definition user {}\n//" + "x".repeat(n - 21));
    schemaBound(500 - systemTypes(), n -> many(n, "definition t%d {}"));
    schemaBound(
        200, n -> "definition user {}\ndefinition t {\n" + many(n, "relation r%d: user") + "\n}");
    schemaBound(
        64,
        n ->
            many(n, "definition t%d {}")
                + "\ndefinition d { relation r: "
                + IntStream.range(0, n).mapToObj(i -> "t" + i).collect(Collectors.joining(" | "))
                + " }");
    schemaBound(64, n -> "definition " + "a".repeat(n) + " {}");
    schemaBound(128, n -> "definition " + "a".repeat(63) + "/" + "b".repeat(n - 64) + " {}");
    schemaBound(200, n -> many(n, "caveat c%d(p int) { p == 1 }"));
    schemaBound(32, n -> caveat(n, 0));
    schemaBound(4 << 10, n -> caveat(1, n));
  }

  /** Those of the server count too, if they do. */
  private int systemTypes() {
    String all = many(500, "definition t%d {}");
    var put = new SchemaWrites.Put(all, false, null, true, List.of());
    return OK.equals(
            outcome(() ->
                new PutSchema(world.services)
                    .execute(AuthzWorld.CALL, new PutSchema.Command(put, true))))
        ? 0
        : 10;
  }

  private void write(List<WriteRequest.Change> changes, int preconditions, String reason) {
    List<WriteRequest.Precondition> all =
        Collections.nCopies(
            preconditions, new WriteRequest.Precondition(false, Filter.ofType("group")));
    new WriteTuples(world.services)
        .execute(
            AuthzWorld.CALL,
            new WriteTuples.Command(new WriteRequest(changes, all, null, reason), null));
  }

  private static List<WriteRequest.Change> changes(int n, int idBytes) {
    return changes(n, idBytes, "x");
  }

  private static List<WriteRequest.Change> changes(int n, int idBytes, String fill) {
    List<WriteRequest.Change> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      String id = (fill.repeat(idBytes) + i).substring(Integer.toString(i).length());
      Tuple t = TupleText.parse("doc:1#viewer@user:" + id);
      all.add(new WriteRequest.Change(WriteRequest.Op.TOUCH, t));
    }
    return all;
  }

  @Test
  void writes() {
    world.doc("relation viewer: user | user with on42");
    bound(1_000, "TooLarge", n -> write(changes(n, 8), 0, null));
    bound(100, "TooLarge", n -> write(changes(1, 8), n, null));
    bound(512, "TooLarge", n -> write(changes(1, 8), 0, "r".repeat(n)));
    bound(1_152, "TupleInvalid", n -> write(changes(1, n), 0, null));
    int each = "doc:1#viewer@user:".length();
    bound(
        256 << 10,
        "TooLarge",
        n -> {
          List<WriteRequest.Change> all = changes(255, 1_024 - each);
          all.addAll(changes(1, n - 255 * 1_024 - each, "y"));
          write(all, 0, null);
        });
    bound(
        1_000,
        "TooLarge",
        n -> {
          world.touch("doc:many#viewer@user:last");
          for (int from = 1; from < n; from += 500) {
            world.touch(
                IntStream.range(from, Math.min(n, from + 500))
                    .mapToObj(i -> "doc:many#viewer@user:" + i)
                    .toArray(String[]::new));
          }
          Filter filter = new Filter("doc", "many", null, null, null, null, null);
          new DeleteTuples(world.services)
              .execute(
                  AuthzWorld.CALL,
                  new DeleteTuples.Command(
                      new FilterDeletes.Request(filter, List.of(), false, false)));
        });
  }

  @Test
  void storedContext() {
    world.schema(
        "definition user {}\ncaveat named(s string) { s == \"a\" }\n"
            + "definition doc { relation viewer: user with named }");
    int around = "{\"s\":\"\"}".length();
    bound(
        4 << 10,
        "CaveatContextInvalid",
        n -> world.touch("doc:1#viewer@user:u[named:{\"s\":\"" + "x".repeat(n - around) + "\"}]"));
  }

  private void check(Map<String, Object> context, List<Tuple> contextual) {
    Question q =
        new Question(
            TupleText.object("doc:1"), "viewer", TupleText.subject("user:u"), context, contextual);
    world.ask(q, Consistency.FULL);
  }

  @Test
  void questions() {
    world.doc("relation viewer: user");
    int around = "{\"s\":\"\"}".length();
    bound(16 << 10, "QuestionInvalid", n -> check(Map.of("s", "x".repeat(n - around)), List.of()));
    bound(
        100,
        "QuestionInvalid",
        n ->
            check(
                Map.of(),
                IntStream.range(0, n)
                    .mapToObj(i -> TupleText.parse("doc:2#viewer@user:" + i))
                    .toList()));
    Question one = AuthzWorld.question("doc:1#viewer@user:u", null);
    bound(
        1_000,
        "TooLarge",
        n ->
            new CheckBatch(world.services)
                .execute(
                    AuthzWorld.CALL,
                    new CheckBatch.Command(
                        Collections.nCopies(n, CheckBatch.Asked.of(one)), Consistency.FULL)));
    bound(1_000, "InvalidArgument", this::page);
    assertThat(outcome(() -> world.ask(one, new Consistency.AtLeast("x".repeat(513)))))
        .isEqualTo("InvalidRevisionToken");
  }

  private void page(int length) {
    new FindObjects(world.services)
        .execute(
            AuthzWorld.CALL,
            new FindObjects.Command(
                "doc",
                "viewer",
                new SubjectRef("user", "u", null),
                Map.of(),
                List.of(),
                length,
                null,
                Consistency.FULL));
  }

  private static String[] chain(int links) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < links; i++) {
      all.add("group:%d#member@group:%d#member".formatted(i, i + 1));
    }
    all.add("group:" + links + "#member@user:u");
    return all.toArray(String[]::new);
  }

  @Test
  void depth() {
    world.doc("relation viewer: user");
    world.touch(chain(60));
    bound(50, "CheckLimitExceeded", n -> ask("group:" + (60 - n) + "#member@user:u"));
  }

  private void ask(String question) {
    world.ask(AuthzWorld.question(question, null), Consistency.FULL);
  }

  @Test
  void nodesTuplesAndConditions() {
    limited(QuestionLimits.DEFAULT.walk(50, 40, 100_000));
    world.doc("relation viewer: group#member | user with on42");
    world.touch(
        IntStream.rangeClosed(1, 60)
            .mapToObj(i -> "doc:n%d#viewer@group:g%d#member".formatted(i <= 39 ? 39 : 40, i))
            .toArray(String[]::new));
    world.touch(
        IntStream.rangeClosed(1, 40)
            .mapToObj(i -> "doc:n40#viewer@group:g%d#member".formatted(i))
            .toArray(String[]::new));
    world.delete(
        IntStream.rangeClosed(41, 60)
            .mapToObj(i -> "doc:n40#viewer@group:g%d#member".formatted(i))
            .toArray(String[]::new));
    bound(39, "CheckLimitExceeded", n -> ask("doc:n" + n + "#viewer@user:u"));
    limited(QuestionLimits.DEFAULT.walk(50, 10_000, 40));
    world.doc("relation viewer: group#member | user with on42");
    for (int most = 40; most <= 41; most++) {
      int n = most;
      world.touch(
          IntStream.rangeClosed(1, n)
              .mapToObj(i -> "doc:t%d#viewer@group:g%d#member".formatted(n, i))
              .toArray(String[]::new));
    }
    bound(40, "CheckLimitExceeded", n -> ask("doc:t" + n + "#viewer@user:u"));
  }

  @Test
  void aConditionIsRunOnceForEachStoredContextUpToABound() {
    limited(QuestionLimits.DEFAULT.lasting(Duration.ofMinutes(1)));
    world.schema(
        AuthzWorld.COMMON
            + "caveat is(n int, m int) { n == m }\n"
            + "definition doc { relation viewer: group#member with is }");
    for (int from = 0; from < 1_001; from += 500) {
      world.touch(
          IntStream.range(from, Math.min(1_001, from + 500))
              .boxed()
              .flatMap(i ->
                  IntStream.of(1_000, 1_001)
                      .filter(n -> i < n)
                      .mapToObj(
                          n -> "doc:%d#viewer@group:g%d#member[is:{\"m\":%d}]".formatted(n, i, i)))
              .limit(1_000)
              .toArray(String[]::new));
    }
    bound(
        1_000,
        "CheckLimitExceeded",
        n ->
            world.ask(
                AuthzWorld.question("doc:" + n + "#viewer@user:u", "{\"n\":-1}"),
                Consistency.FULL));
  }

  @Test
  void exceptionsFromAWildcard() {
    world.doc("relation viewer: user:*\nrelation held: user\npermission view = viewer - held");
    world.touch("doc:1#viewer@user:*");
    bound(
        1_000,
        "CheckLimitExceeded",
        n -> {
          for (int from = 0; from < n; from += 500) {
            world.touch(
                IntStream.range(from, Math.min(n, from + 500))
                    .mapToObj(i -> "doc:1#held@user:" + i)
                    .toArray(String[]::new));
          }
          assertThat(world.subjects("doc:1", "view", "user", null).wildcard().except()).hasSize(n);
        });
  }

  /** A page reads no more of a long list than it shows; all pages are the whole. */
  @Test
  void aPageCostsWhatItShows() {
    limited(QuestionLimits.DEFAULT.walk(50, 10_000, 40));
    world.doc(
        "relation viewer: user | group#member\nrelation held: user\n"
            + "permission view = viewer - held");
    world.touch("group:g#member@user:u", "group:h#member@user:u", "doc:0007#held@user:u");
    List<String> expected = new ArrayList<>();
    for (int from = 0; from < 1_500; from += 500) {
      world.touch(
          IntStream.range(from, from + 500)
              .mapToObj(i ->
                  "doc:%04d#viewer@%s"
                      .formatted(
                          i,
                          i % 3 == 0 ? "user:u" : "group:" + (i % 3 == 1 ? "g" : "h") + "#member"))
              .toArray(String[]::new));
    }
    IntStream.range(0, 1_500).filter(i -> i != 7).forEach(i -> expected.add("%04d".formatted(i)));
    List<String> found = new ArrayList<>();
    String page = null;
    do {
      var result =
          new FindObjects(world.services)
              .execute(
                  AuthzWorld.CALL,
                  new FindObjects.Command(
                      "doc",
                      "view",
                      new SubjectRef("user", "u", null),
                      Map.of(),
                      List.of(),
                      50,
                      page,
                      Consistency.FULL));
      result.objects().forEach(f -> found.add(f.id()));
      page = result.next();
      if (found.size() == 100) {
        world.delete("doc:0500#viewer@group:h#member");
        world.touch("doc:0050x#viewer@user:u");
      }
    } while (page != null);
    assertThat(found).isEqualTo(expected);
  }
}
