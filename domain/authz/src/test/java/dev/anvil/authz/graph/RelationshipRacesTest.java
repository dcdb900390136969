package dev.anvil.authz.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.graph.Oracle.Answer;
import dev.anvil.authz.graph.Oracle.Ex;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.ClosureDriver;
import dev.anvil.authz.store.ClosureSwitches;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.ObjectIds;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.RevisionTokens;
import dev.anvil.authz.store.SchemaWrites;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.Seeds;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.waist.LocalPartitions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Writers, checkers and the upkeep of closures at the same time. */
class RelationshipRacesTest {
  private static final Relationships.Owner OWNER = new Relationships.Owner(7, "acme");
  private static final WriteRequest.By BY = new WriteRequest.By("test", "r", 0, null, null);
  private static final String SCHEMA =
      """
      definition u {}
      definition a { relation r0: u | a#r0
        relation r1: u | a#r0
        permission p = r0 - r1 }
      definition b { relation r0: u | b#r0 }
      definition c { relation r0: u | c#r0 }
      """;

  /** The same schema for brute force. */
  private static final Map<String, Map<String, Ex>> TYPES =
      Map.of(
          "u",
          Map.of(),
          "a",
          Map.of(
              "r0",
              new Ex.Rel(List.of("u", "a#r0")),
              "r1",
              new Ex.Rel(List.of("u", "a#r0")),
              "p",
              new Ex.Op('-', new Ex.Ref("r0"), new Ex.Ref("r1"))));

  private final ManualClock clock = new ManualClock(World.NOW);
  private final LocalPartitions partitions = TestPartitions.inMemory(2, clock);

  private Relationships node() {
    return new Relationships(
        partitions,
        new SchemaReader(AuthzLimits.SchemaLimits.DEFAULT, new TestCaveats()),
        new RevisionTokens(new Incarnation(1), new byte[16], AuthzLimits.DEFAULT),
        AuthzLimits.DEFAULT,
        clock,
        System::nanoTime,
        ObjectIds.PLAIN);
  }

  private record Write(long revision, List<WriteRequest.Change> changes) {}

  private record Asked(String question, long revision, boolean allowed) {}

  private static String tuple(SplittableRandom random) {
    String object = "a:" + random.nextInt(6);
    return random.nextInt(3) == 0
        ? object + "#r1@" + (random.nextBoolean() ? "u:" + random.nextInt(3) : "a:5#r0")
        : object + "#r0@" + (random.nextBoolean() ? "u:" : "a:") + random.nextInt(6);
  }

  private static Tuple drawn(SplittableRandom random) {
    String text = tuple(random);
    return TupleText.parse(text.contains("#r0@a:") ? text + "#r0" : text);
  }

  private static WriteRequest.Receipt write(Relationships r, List<WriteRequest.Change> changes) {
    return new TupleWrites(r).write(OWNER, new WriteRequest(changes, List.of(), null, null), BY);
  }

  private static Relationships.Answer<Boolean> ask(Relationships r, String text, Consistency c) {
    String[] at = text.split("@");
    String[] on = at[0].split("#");
    Question q = Question.of(TupleText.object(on[0]), on[1], TupleText.subject(at[1]));
    return r.read(
        OWNER,
        c,
        view ->
            new Questions(view, ObjectIds.PLAIN, AuthzLimits.DEFAULT)
                .check(q, new Work(AuthzLimits.QuestionLimits.DEFAULT, System::nanoTime))
                .allowed());
  }

  private void together(Relationships r, List<Callable<Void>> work) throws Exception {
    ClosureDriver closures = new ClosureDriver(r, OWNER);
    new SchemaWrites(r).put(OWNER, new SchemaWrites.Put(SCHEMA, false, null, false, List.of()), BY);
    closures.switchAll(ClosureSwitches.To.ON);
    closures.settle();
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> upkeep =
          threads.submit(() -> {
            while (!over.get()) {
              closures.step();
              Thread.yield();
            }
          });
      List<Future<Void>> running = new ArrayList<>();
      work.forEach(w -> running.add(threads.submit(w)));
      for (Future<Void> f : running) {
        f.get(120, TimeUnit.SECONDS);
      }
      over.set(true);
      upkeep.get(60, TimeUnit.SECONDS);
    }
    closures.settle();
    closures.assertRebuildIsTheSame();
  }

  @Test
  void everyAnswerIsThatOfItsRevision() {
    Seeds.fixed(random -> {
      Relationships r = node();
      Queue<Write> written = new ConcurrentLinkedQueue<>();
      Queue<Asked> asked = new ConcurrentLinkedQueue<>();
      List<Callable<Void>> work = new ArrayList<>();
      for (int w = 0; w < 3; w++) {
        SplittableRandom own = random.split();
        work.add(() -> writer(r, own, written));
        SplittableRandom other = random.split();
        work.add(() -> checker(r, other, asked));
      }
      together(r, work);
      judge(written, asked);
      // in the race the closures may have been behind all the time; now they are not
      checker(r, random.split(), new ConcurrentLinkedQueue<>());
      assertThat(r.closures().served()).isPositive();
    });
    partitions.close();
  }

  private static Void writer(Relationships r, SplittableRandom random, Queue<Write> written) {
    for (int i = 0; i < 60; i++) {
      Map<String, WriteRequest.Change> changes = new LinkedHashMap<>();
      for (int n = random.nextInt(3); n >= 0; n--) {
        Tuple t = drawn(random);
        WriteRequest.Op op = random.nextInt(5) < 3 ? WriteRequest.Op.TOUCH : WriteRequest.Op.DELETE;
        changes.put(t.key(), new WriteRequest.Change(op, t));
      }
      List<WriteRequest.Change> all = List.copyOf(changes.values());
      WriteRequest.Receipt done = write(r, all);
      boolean changed =
          done.effects().stream()
              .anyMatch(e -> e == WriteRequest.Effect.CREATED || e == WriteRequest.Effect.DELETED);
      if (changed) {
        written.add(new Write(done.revision(), all));
      }
    }
    return null;
  }

  private static Void checker(Relationships r, SplittableRandom random, Queue<Asked> asked) {
    for (int i = 0; i < 150; i++) {
      String member = random.nextBoolean() ? "p" : "r0";
      String who = random.nextInt(4) == 0 ? "a:" + random.nextInt(6) + "#r0" : "u:" + i % 3;
      String question = "a:" + random.nextInt(6) + "#" + member + "@" + who;
      Relationships.Answer<Boolean> answer = ask(r, question, Consistency.FULL);
      asked.add(new Asked(question, answer.revision(), answer.value()));
    }
    return null;
  }

  private static void judge(Queue<Write> written, Queue<Asked> asked) {
    List<Write> order = new ArrayList<>(written);
    order.sort(java.util.Comparator.comparingLong(Write::revision));
    for (Asked a : asked) {
      Map<String, Tuple> stand = new LinkedHashMap<>();
      for (Write w : order) {
        if (w.revision() <= a.revision()) {
          w.changes()
              .forEach(c -> {
                if (c.op() == WriteRequest.Op.TOUCH) {
                  stand.put(c.tuple().key(), c.tuple());
                } else {
                  stand.remove(c.tuple().key());
                }
              });
        }
      }
      String[] at = a.question().split("@");
      Answer expected =
          new Oracle(
                  TYPES,
                  List.copyOf(stand.values()),
                  TupleText.subject(at[1]),
                  Map.of(),
                  at[0].substring(0, at[0].indexOf('#')))
              .answer(at[0]);
      assertThat(a.allowed())
          .as("%s at %d with %s", a.question(), a.revision(), stand.keySet())
          .isEqualTo(expected.kind().equals("allowed"));
      assertThat(Set.of("allowed", "denied", "unstable")).contains(expected.kind());
    }
  }

  /** Grants and revocations hold at their token: on this node, and on one that knows nothing. */
  @Test
  void revokedIsNeverAllowedAtItsTokenWarmOrCold() throws Exception {
    Relationships warm = node();
    List<Callable<Void>> work = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      int own = 10 * (w + 1);
      work.add(() -> grantAndRevoke(warm, own));
    }
    together(warm, work);
    partitions.close();
  }

  private Void grantAndRevoke(Relationships warm, int own) {
    String direct = "a:%d#r0@u:%d".formatted(own, own);
    String nested = "a:%d#r0@a:%d#r0".formatted(own + 1, own);
    String question = "a:%d#p@u:%d".formatted(own + 1, own);
    for (int i = 0; i < 12; i++) {
      holds(warm, WriteRequest.Op.TOUCH, direct, question, false);
      holds(warm, WriteRequest.Op.TOUCH, nested, question, true);
      String revoked = i % 2 == 0 ? nested : direct;
      holds(warm, WriteRequest.Op.DELETE, revoked, question, false);
      holds(warm, WriteRequest.Op.TOUCH, revoked, question, true);
      holds(warm, WriteRequest.Op.DELETE, direct, question, false);
      holds(warm, WriteRequest.Op.DELETE, nested, question, false);
    }
    return null;
  }

  private void holds(
      Relationships warm, WriteRequest.Op op, String tuple, String question, boolean expected) {
    List<WriteRequest.Change> one = List.of(new WriteRequest.Change(op, TupleText.parse(tuple)));
    String token = write(warm, one).token();
    for (Relationships node : List.of(warm, node())) {
      for (Consistency c :
          List.of(new Consistency.AtLeast(token), new Consistency.Exact(token), Consistency.FULL)) {
        assertThat(ask(node, question, c).value())
            .as("%s after %s %s under %s", question, op, tuple, c)
            .isEqualTo(expected);
      }
    }
  }
}
