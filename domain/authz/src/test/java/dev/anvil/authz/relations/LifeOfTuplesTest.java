package dev.anvil.authz.relations;

import static dev.anvil.authz.relations.AuthzWorld.CALL;
import static dev.anvil.authz.relations.AuthzWorld.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Filter;
import dev.anvil.authz.store.FilterDeletes;
import dev.anvil.authz.store.Sweep;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.store.WriteRequest.Change;
import dev.anvil.authz.store.WriteRequest.Effect;
import dev.anvil.authz.store.WriteRequest.Op;
import dev.anvil.authz.store.WriteRequest.Precondition;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Expired;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.testkit.StandingLease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Writes, preconditions, retries, expiry, revisions and upkeep. */
class LifeOfTuplesTest {
  private final AuthzWorld world = new AuthzWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private WriteRequest.Receipt write(WriteRequest request, String key) {
    return new WriteTuples(world.services)
        .execute(CALL, new WriteTuples.Command(request, key))
        .receipt();
  }

  private static WriteRequest one(Op op, String tuple, Precondition... preconditions) {
    return new WriteRequest(
        List.of(new Change(op, TupleText.parse(tuple))), List.of(preconditions), null, null);
  }

  private static Filter viewersOf(String id) {
    return new Filter("doc", id, null, "viewer", null, null, null);
  }

  @Test
  void effectsAreToldAndWhatChangesNothingAppendsNothing() {
    world.doc("relation viewer: user | user with on42");
    assertThat(world.touch("doc:1#viewer@user:u").effects()).containsExactly(Effect.CREATED);
    long revision = world.touch("doc:1#viewer@user:u").revision();
    assertThat(world.touch("doc:1#viewer@user:u").effects()).containsExactly(Effect.UNCHANGED);
    assertThat(world.delete("doc:1#viewer@user:v").effects()).containsExactly(Effect.ABSENT);
    assertThat(world.touch("doc:1#viewer@user:u").revision()).isEqualTo(revision);
    assertThat(world.touch("doc:1#viewer@user:u[on42]").effects()).containsExactly(Effect.UPDATED);
    assertThatThrownBy(() -> world.write(Op.CREATE, "doc:1#viewer@user:u"))
        .isInstanceOfSatisfying(
            Conflict.class, e -> assertThat(e.reason()).isEqualTo(Conflict.Reason.TUPLE_EXISTS));
    assertThat(world.delete("doc:1#viewer@user:u").effects()).containsExactly(Effect.DELETED);
  }

  @Test
  void anExpiryThatNoRecordHoldsIsRefusedAndOneLongAgoIsOver() {
    world.schema(
        "use expiration\n"
            + AuthzWorld.COMMON
            + "definition doc { relation viewer: user with expiration }");
    Tuple t = TupleText.parse("doc:1#viewer@user:u");
    for (Instant none : List.of(Instant.MAX, Instant.MIN)) {
      assertThatThrownBy(() -> write(expiring(t, none), null))
          .isInstanceOfSatisfying(
              Invalid.class, e -> assertThat(e.reason()).isEqualTo(Invalid.Reason.TUPLE));
    }
    write(expiring(t, Instant.parse("0000-01-01T00:00:00Z")), null);
    assertThat(world.check("doc:1#viewer@user:u")).isEqualTo("F");
  }

  private static WriteRequest expiring(Tuple t, Instant at) {
    Tuple until = new Tuple(t.resource(), t.relation(), t.subject(), null, at);
    return new WriteRequest(List.of(new Change(Op.TOUCH, until)), List.of(), null, null);
  }

  @Test
  void preconditionsAreDecidedInTheCommit() {
    world.doc("relation viewer: user");
    Precondition none = new Precondition(false, viewersOf("1"));
    Precondition some = new Precondition(true, viewersOf("1"));
    assertThatThrownBy(() -> write(one(Op.TOUCH, "doc:1#viewer@user:u", some), null))
        .isInstanceOf(PreconditionFailed.class);
    assertThat(world.check("doc:1#viewer@user:u")).isEqualTo("F");
    write(one(Op.TOUCH, "doc:1#viewer@user:u", none), null);
    assertThatThrownBy(() -> write(one(Op.TOUCH, "doc:1#viewer@user:v", none), null))
        .isInstanceOf(PreconditionFailed.class);
    write(one(Op.TOUCH, "doc:1#viewer@user:v", some), null);
    assertThat(world.check("doc:1#viewer@user:v")).isEqualTo("T");
  }

  @Test
  void aRetryUnderAKeyDoesItOnce() {
    world.doc("relation viewer: user");
    WriteRequest.Receipt first = write(one(Op.CREATE, "doc:1#viewer@user:u"), "k1");
    world.delete("doc:1#viewer@user:u");
    WriteRequest.Receipt again = write(one(Op.CREATE, "doc:1#viewer@user:u"), "k1");
    assertThat(again.replayed()).isTrue();
    assertThat(again.token()).isEqualTo(first.token());
    assertThat(world.check("doc:1#viewer@user:u")).isEqualTo("F");
    assertThatThrownBy(() -> write(one(Op.CREATE, "doc:1#viewer@user:v"), "k1"))
        .isInstanceOf(Conflict.class);
  }

  @Test
  void revokedIsNeverAllowedAtTheReturnedTokenAndThePastStands() {
    world.doc("relation viewer: user");
    String granted = world.touch("doc:1#viewer@user:u").token();
    String revoked = world.delete("doc:1#viewer@user:u").token();
    var q = question("doc:1#viewer@user:u", null);
    assertThat(world.check(q, new Consistency.Exact(granted))).isEqualTo("T");
    assertThat(world.check(q, new Consistency.Exact(revoked))).isEqualTo("F");
    assertThat(world.check(q, new Consistency.AtLeast(granted))).isEqualTo("F");
    assertThat(world.check(q, new Consistency.AtLeast(granted.substring(1) + "A")))
        .isEqualTo("InvalidRevisionToken");
    var foreign =
        new CheckPermission.Command(
            question("anvil/bucket:b#read@anvil/app:x", null), new Consistency.Exact(granted));
    assertThatThrownBy(
            () -> new CheckPermission(world.services).execute(AuthzWorld.call(8, "other"), foreign))
        .isInstanceOfSatisfying(
            Invalid.class, e -> assertThat(e.reason()).isEqualTo(Invalid.Reason.REVISION_TOKEN));
  }

  @Test
  void theExpiredIsDeadAtOnceAndSweptLater() {
    world.schema(
        "use expiration\n"
            + AuthzWorld.COMMON
            + "definition doc { relation viewer: user with expiration }");
    String at = world.clock.instant().plusSeconds(60).toString();
    String granted = world.touch("doc:1#viewer@user:u[expiration:" + at + "]").token();
    assertThat(world.check("doc:1#viewer@user:u")).isEqualTo("T");
    assertThatThrownBy(() -> world.touch("doc:1#viewer@user:v")).isInstanceOf(Invalid.class);
    world.clock.move(Duration.ofSeconds(60));
    assertThat(world.check("doc:1#viewer@user:u")).isEqualTo("F");
    assertThat(world.objects("viewer", "user:u", null)).isEmpty();
    sweep();
    assertThat(kinds()).endsWith("tuple.expired");
    assertThat(world.write(Op.CREATE, "doc:1#viewer@user:u[expiration:" + at + "]").effects())
        .containsExactly(Effect.CREATED);
    world.clock.move(Duration.ofHours(25));
    sweep();
    assertThatThrownBy(
            () -> world.ask(question("doc:1#viewer@user:u", null), new Consistency.Exact(granted)))
        .isInstanceOf(Expired.class);
  }

  @Test
  void anExpiryHasFourDigitsOfYear() {
    world.schema(
        "use expiration\n"
            + AuthzWorld.COMMON
            + "definition doc { relation viewer: user with expiration }");
    for (String at :
        List.of(
            "+10000-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "-0001-12-31T23:59:59.9Z")) {
      assertThatThrownBy(() -> world.touch("doc:1#viewer@user:u[expiration:" + at + "]"))
          .isInstanceOfSatisfying(
              Invalid.class, e -> assertThat(e.reason()).isEqualTo(Invalid.Reason.TUPLE));
    }
    world.touch("doc:1#viewer@user:u[expiration:9999-12-31T23:59:59.999Z]");
    world.touch("doc:1#viewer@user:v[expiration:0000-01-01T00:00:00Z]");
    assertThat(world.check("doc:1#viewer@user:u")).isEqualTo("T");
    assertThat(world.check("doc:1#viewer@user:v")).isEqualTo("F");
  }

  private Partition home() {
    return world.relationships.home(7);
  }

  private void sweep() {
    Sweep sweep = new Sweep("authz-sweep/1", home(), world.relationships);
    Lease lease = StandingLease.FIRST;
    int steps = 0;
    while (sweep.step(lease)) {
      assertThat(++steps).isLessThan(100);
    }
  }

  private List<String> kinds() {
    return home().journal(0, 1_000).entries().stream()
        .map(JournalEntry::change)
        .map(c -> c.kind())
        .toList();
  }

  @Test
  void aFilterDeletesInOneCommitOrNotAtAll() {
    world.doc("relation viewer: user");
    for (int from = 0; from < 1_500; from += 500) {
      int start = from;
      world.touch(
          IntStream.range(start, start + 500)
              .mapToObj(i -> "doc:1#viewer@user:" + i)
              .toArray(String[]::new));
    }
    world.touch("doc:2#viewer@user:u");
    DeleteTuples delete = new DeleteTuples(world.services);
    var whole = new FilterDeletes.Request(viewersOf("1"), List.of(), false, false);
    assertThatThrownBy(() -> delete.execute(CALL, new DeleteTuples.Command(whole)))
        .isInstanceOf(AnvilException.class);
    assertThat(world.check("doc:1#viewer@user:7")).isEqualTo("T");
    var part = new FilterDeletes.Request(viewersOf("1"), List.of(), true, false);
    var done = delete.execute(CALL, new DeleteTuples.Command(part)).done();
    assertThat(done.deleted()).isEqualTo(1_000);
    assertThat(done.complete()).isFalse();
    assertThat(delete.execute(CALL, new DeleteTuples.Command(part)).done().complete()).isTrue();
    assertThat(world.subjectIds("doc:1", "viewer")).isEmpty();
    assertThat(world.check("doc:2#viewer@user:u")).isEqualTo("T");
  }

  @Test
  void pagesAreOfTheFirstPagesRevision() {
    world.doc("relation viewer: user");
    for (int i = 0; i < 9; i++) {
      world.touch("doc:" + i + "#viewer@user:u");
    }
    ReadTuples read = new ReadTuples(world.services);
    Filter all = Filter.ofType("doc");
    var first = read.execute(CALL, new ReadTuples.Command(all, 4, null, Consistency.FULL));
    world.delete("doc:6#viewer@user:u", "doc:1#viewer@user:u");
    world.touch("doc:55#viewer@user:u");
    List<String> ids = new ArrayList<>();
    first.tuples().forEach(t -> ids.add(t.tuple().resource().id()));
    String next = first.next();
    while (next != null) {
      var page = read.execute(CALL, new ReadTuples.Command(all, 4, next, Consistency.FULL));
      page.tuples().forEach(t -> ids.add(t.tuple().resource().id()));
      next = page.next();
    }
    assertThat(ids).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8");
    String token = first.next();
    assertThatThrownBy(() ->
            read.execute(
                CALL, new ReadTuples.Command(Filter.ofType("group"), 4, token, Consistency.FULL)))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void case15OneRelationWithManyDirectTuples() {
    world.doc("relation viewer: user");
    for (int from = 0; from < 70_000; from += 1_000) {
      int start = from;
      world.touch(
          IntStream.range(start, start + 1_000)
              .mapToObj(i -> "doc:1#viewer@user:" + i)
              .toArray(String[]::new));
    }
    assertThat(world.check("doc:1#viewer@user:69999")).isEqualTo("T");
    assertThat(world.check("doc:1#viewer@user:70000")).isEqualTo("F");
  }

  /** The right answer or a named limit, never a wrong one. */
  @Test
  @Tag("slow")
  void case15OneRelationWithManyUsersets() {
    world.doc(
        "relation viewer: user | group#member\nrelation opened: user\n"
            + "permission view = opened - viewer");
    for (int from = 0; from < 70_000; from += 1_000) {
      int start = from;
      world.touch(
          IntStream.range(start, start + 1_000)
              .mapToObj(i -> "doc:1#viewer@group:" + i + "#member")
              .toArray(String[]::new));
    }
    world.touch("group:69999#member@user:u", "doc:1#viewer@user:v");
    world.touch("doc:1#opened@user:u", "doc:1#opened@user:v", "doc:1#opened@user:w");
    assertThat(world.check("doc:1#viewer@group:69999#member")).isEqualTo("T");
    assertThat(world.check("doc:1#viewer@user:v")).isEqualTo("T");
    assertThat(world.check("doc:1#view@user:v")).isEqualTo("F");
    assertThat(world.check("doc:1#viewer@user:u")).isIn("T", "CheckLimitExceeded");
    assertThat(world.check("doc:1#view@user:u")).isIn("F", "CheckLimitExceeded");
    assertThat(world.check("doc:1#view@user:w")).isIn("T", "CheckLimitExceeded");
  }

  @Test
  void case19WritersThatCheckWithTheirTokens() throws InterruptedException {
    world.doc("relation viewer: user | group#member");
    ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < 64; w++) {
      int id = w;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                String tuple = "group:g#member@user:" + id;
                var q = question("doc:1#viewer@user:" + id, null);
                for (int i = 0; i < 3; i++) {
                  String up = world.touch("doc:1#viewer@group:g#member", tuple).token();
                  String yes = world.check(q, new Consistency.AtLeast(up));
                  String down = world.delete(tuple).token();
                  String no = world.check(q, new Consistency.AtLeast(down));
                  String then = world.check(q, new Consistency.Exact(up));
                  if (!yes.equals("T") || !no.equals("F") || !then.equals("T")) {
                    wrong.add(id + ": " + yes + no + then);
                  }
                }
              }));
    }
    for (Thread t : threads) {
      t.join();
    }
    assertThat(wrong).isEmpty();
  }
}
