package dev.anvil.authz.relations;

import static dev.anvil.authz.relations.AuthzWorld.CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Filter;
import dev.anvil.authz.store.FilterDeletes;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.store.WriteRequest.Effect;
import dev.anvil.authz.store.WriteRequest.Op;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.journal.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names nobody declared are told, and what expired is the sweep's. */
@Tag("fast")
class FiltersTest {
  private final AuthzWorld world = new AuthzWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private List<String> read(Filter filter) {
    return new ReadTuples(world.services)
            .execute(CALL, new ReadTuples.Command(filter, 100, null, Consistency.FULL))
            .tuples()
            .stream()
            .map(t -> t.tuple() + (t.stranded() ? " stranded" : ""))
            .toList();
  }

  private FilterDeletes.Done delete(Filter filter, boolean dry) {
    var request = new FilterDeletes.Request(filter, List.of(), false, dry);
    return new DeleteTuples(world.services).execute(CALL, new DeleteTuples.Command(request)).done();
  }

  private void require(Filter filter, boolean match) {
    var change = new WriteRequest.Change(Op.TOUCH, TupleText.parse("doc:1#viewer@user:u"));
    var must = new WriteRequest.Precondition(match, filter);
    WriteRequest request = new WriteRequest(List.of(change), List.of(must), null, null);
    new WriteTuples(world.services).execute(CALL, new WriteTuples.Command(request, null));
  }

  private static void refused(Invalid.Reason reason, String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Invalid.class,
            e -> {
              assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
              assertThat(e.getMessage()).contains("'" + name + "'").contains("correct");
            });
  }

  @Test
  void namesNobodyDeclaredAreTold() {
    world.doc("relation viewer: user | group#member");
    List<Filter> unknown =
        List.of(
            Filter.ofType("wrong"),
            new Filter("doc", null, null, "wrong", null, null, null),
            new Filter("doc", "1", null, "wrong", null, null, null),
            new Filter("doc", null, null, null, "wrong", null, null),
            new Filter(null, null, null, null, "wrong", "u", null),
            new Filter("doc", "1", null, "viewer", "group", null, "wrong"));
    for (Filter f : unknown) {
      refused(Invalid.Reason.QUESTION, "wrong", () -> read(f));
      if (f.type() != null) { // what is of all types only the tenant's managers delete
        refused(Invalid.Reason.QUESTION, "wrong", () -> delete(f, false));
      }
      refused(Invalid.Reason.QUESTION, "wrong", () -> require(f, false));
      refused(Invalid.Reason.QUESTION, "wrong", () -> require(f, true));
    }
    for (String tuple :
        List.of(
            "wrong:1#viewer@user:u",
            "doc:1#wrong@user:u",
            "doc:1#viewer@wrong:u",
            "doc:1#viewer@group:g#wrong")) {
      refused(Invalid.Reason.TUPLE, "wrong", () -> world.delete(tuple));
    }
    assertThat(world.check("doc:1#viewer@user:u")).isEqualTo("F");
    assertThat(world.delete("doc:1#viewer@user:u", "doc:1#admin@group:g").effects())
        .containsOnly(Effect.ABSENT);
    assertThat(read(new Filter("doc", null, null, null, "user", "nobody", "..."))).isEmpty();
  }

  @Test
  void namesThatWereDeclaredOnceStillFindWhatIsLeftOfThem() {
    world.schema(
        AuthzWorld.COMMON + "definition old { relation viewer: user }\ndefinition doc {}\n");
    world.touch("old:1#viewer@user:u", "old:2#viewer@user:u");
    world.schema(AuthzWorld.COMMON + "definition doc {}\n", true);
    assertThat(read(Filter.ofType("old")))
        .containsExactly("old:1#viewer@user:u stranded", "old:2#viewer@user:u stranded");
    assertThat(world.delete("old:1#viewer@user:u").effects()).containsExactly(Effect.DELETED);
    assertThat(world.delete("old:1#viewer@user:u").effects()).containsExactly(Effect.ABSENT);
    assertThat(delete(Filter.ofType("old"), false).deleted()).isEqualTo(1);
    assertThat(read(Filter.ofType("old"))).isEmpty();
  }

  @Test
  void whatExpiredIsNeitherCountedNorToldAsDeleted() {
    world.schema(
        "use expiration\n"
            + AuthzWorld.COMMON
            + "definition doc { relation viewer: user | user with expiration }");
    String at = world.clock.instant().plusSeconds(60).toString();
    world.touch(tuples("", "[expiration:" + at + "]", 7));
    world.touch(tuples("x", "", 1_000));
    Filter viewers = new Filter("doc", "1", null, "viewer", null, null, null);
    assertThatThrownBy(() -> delete(viewers, false))
        .isInstanceOfSatisfying(
            AnvilException.class, e -> assertThat(e.code().wire()).isEqualTo("TooLarge"));
    world.clock.move(Duration.ofSeconds(60));
    assertThat(delete(viewers, true).deleted()).isEqualTo(1_000);
    FilterDeletes.Done done = delete(viewers, false);
    assertThat(done.deleted()).isEqualTo(1_000);
    assertThat(done.complete()).isTrue();
    assertThat(deletions()).hasSize(1_000).allMatch(s -> s.startsWith("doc:1#viewer@user:x"));
    assertThat(delete(viewers, false).deleted()).isZero();
  }

  private static String[] tuples(String id, String value, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "doc:1#viewer@user:" + id + i + value)
        .toArray(String[]::new);
  }

  private List<String> deletions() {
    var home = world.relationships.home(7);
    List<String> all = new ArrayList<>();
    long at = 0;
    List<JournalEntry> page;
    do {
      page = home.journal(at, 1_000).entries();
      for (JournalEntry e : page) {
        at = e.cursor();
        if (e.change().kind().equals("tuple.deleted")) {
          all.add(new String(e.change().subject(), StandardCharsets.UTF_8));
        }
      }
    } while (!page.isEmpty());
    return all;
  }
}
