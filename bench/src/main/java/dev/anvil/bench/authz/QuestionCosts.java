package dev.anvil.bench.authz;

import dev.anvil.authz.graph.Work;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.ObjectIds;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.SchemaWrites;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.ports.failure.LimitExceeded;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * CPU and seeks per question in process: {@code QuestionCosts <engine> <scale> <rounds>}. Answers
 * are not judged here; the tests do that.
 */
public final class QuestionCosts {
  static final Relationships.Owner OWNER = new Relationships.Owner(7, "acme");
  static final WriteRequest.By BY = new WriteRequest.By("bench", "r", 0, null, null);
  private static final int BATCH = 500;

  private final Relationships relationships;
  private final PeerShape shape;
  private final int rounds;
  private final PrintStream out;
  private int loaded;

  private QuestionCosts(Relationships r, PeerShape shape, int rounds, PrintStream out) {
    this.relationships = r;
    this.shape = shape;
    this.rounds = rounds;
    this.out = out;
  }

  /** Loads a fresh store in a temporary folder and measures. */
  public static void main(String[] args) throws IOException, InterruptedException {
    PeerShape shape = new PeerShape(Double.parseDouble(args[1]));
    Path folder = Files.createTempDirectory("anvil-authz-bench");
    try (Stand stand = new Stand(folder, args[0])) {
      int rounds = Integer.parseInt(args[2]);
      QuestionCosts costs = new QuestionCosts(stand.relationships(), shape, rounds, System.out);
      HeapUse heap = new HeapUse();
      costs.load();
      long bytes = stand.diskBytes();
      System.out.printf("disk bytes per tuple %d%n", bytes / costs.loaded);
      heap.tell("loaded", costs.loaded, System.out);
      costs.measure("walked");
      heap.tell("asked", costs.loaded, System.out);
      costs.load(shape::eachOfLists, "for lists");
      stand.closure("group", "member");
      heap.tell("with a closure", costs.loaded, System.out);
      costs.measure("with closures");
      new ListCosts(stand.relationships(), System.out).measure();
      new Traffic(stand.relationships(), shape, System.out).measure();
    }
  }

  private void load() {
    SchemaWrites.Put put = new SchemaWrites.Put(PeerShape.SCHEMA, false, null, false, List.of());
    Stand.patient(() -> new SchemaWrites(relationships).put(OWNER, put, BY));
    load(shape::each, "in batches of " + BATCH);
  }

  private void load(Consumer<Consumer<String>> tuples, String what) {
    TupleWrites writes = new TupleWrites(relationships);
    List<WriteRequest.Change> batch = new ArrayList<>();
    long start = System.nanoTime();
    int[] written = {0};
    tuples.accept(text -> {
      batch.add(new WriteRequest.Change(WriteRequest.Op.TOUCH, TupleText.parse(text)));
      if (batch.size() == BATCH) {
        written[0] += flush(writes, batch);
      }
    });
    written[0] += flush(writes, batch);
    double seconds = (System.nanoTime() - start) / 1e9;
    loaded += written[0];
    out.printf("loaded %d tuples %s, %.0f a second%n", written[0], what, written[0] / seconds);
  }

  private static int flush(TupleWrites writes, List<WriteRequest.Change> batch) {
    Map<String, WriteRequest.Change> once = new LinkedHashMap<>();
    batch.forEach(c -> once.put(c.tuple().key(), c));
    batch.clear();
    WriteRequest all = new WriteRequest(List.copyOf(once.values()), List.of(), null, null);
    Stand.patient(() -> writes.write(OWNER, all, BY));
    return once.size();
  }

  private void measure(String how) {
    out.println(how);
    SplittableRandom random = new SplittableRandom(1);
    row("direct", i -> view(i % shape.documents, "user:" + (shape.users + i % shape.documents)));
    row("denied", i -> view(i % shape.documents, "user:nobody"));
    row(
        "member of a group nested 6 deep",
        i -> {
          int top = i % (shape.groups / 6) * 6;
          int user = ((top + 5) * 31 + i % 20 * 977) % shape.users;
          return Question.of(
              TupleText.object("group:" + top), "member", TupleText.subject("user:" + user));
        });
    row(
        "random user in a group nested 6 deep",
        i ->
            Question.of(
                TupleText.object("group:" + i % (shape.groups / 6) * 6),
                "member",
                TupleText.subject("user:" + random.nextInt(shape.users))));
    row(
        "folder 5 deep",
        i ->
            Question.of(
                TupleText.object("folder:" + (i % (shape.folders / 5) * 5 + 4)),
                "view",
                TupleText.subject("user:" + random.nextInt(shape.users))));
    row(
        "with a condition",
        i ->
            new Question(
                TupleText.object("document:" + i % shape.documents),
                "viewer",
                TupleText.subject(shape.conditioned(i % shape.documents)),
                Map.of("hour", BigDecimal.TEN),
                List.of()));
    row(
        "random document, groups and folders",
        i -> view(random.nextInt(shape.documents), "user:" + random.nextInt(shape.users)));
    batch(random);
  }

  private void batch(SplittableRandom random) {
    long cpu = 0;
    int times = Math.max(2, rounds / 100);
    for (int i = -times; i < times; i++) {
      cpu = i == 0 ? cpu() : cpu;
      Stand.patient(() ->
          relationships.read(
              OWNER,
              Consistency.FULL,
              view -> {
                Questions questions = new Questions(view, ObjectIds.PLAIN, relationships.limits());
                for (int q = 0; q < 100; q++) {
                  Work work = new Work(relationships.limits().question(), System::nanoTime);
                  questions.check(
                      view(random.nextInt(shape.documents), "user:" + random.nextInt(shape.users)),
                      work);
                }
                return null;
              }));
    }
    out.printf("%-36s %8.1f us of CPU%n", "batch of 100", (cpu() - cpu) / 1e3 / times);
  }

  private Question view(int document, String user) {
    return Question.of(TupleText.object("document:" + document), "view", TupleText.subject(user));
  }

  private void row(String name, IntFunction<Question> questions) {
    for (int i = 0; i < rounds; i++) {
      ask(questions.apply(i));
    }
    long cpu = cpu();
    long seeks = 0;
    int failed = 0;
    for (int i = 0; i < rounds; i++) {
      long s = ask(questions.apply(i));
      failed += s < 0 ? 1 : 0;
      seeks += Math.max(0, s);
    }
    double micros = (cpu() - cpu) / 1e3 / rounds;
    out.printf(
        "%-36s %8.1f us of CPU %8.1f seeks %d over a bound%n",
        name, micros, seeks / (double) rounds, failed);
  }

  /** Seeks, or -1 if a bound was met. */
  private long ask(Question q) {
    try {
      return Stand.patient(() ->
          relationships
              .read(
                  OWNER,
                  Consistency.FULL,
                  view -> {
                    new Questions(view, ObjectIds.PLAIN, relationships.limits())
                        .check(q, new Work(relationships.limits().question(), System::nanoTime));
                    return view.seeks();
                  })
              .value());
    } catch (LimitExceeded e) {
      return -1;
    }
  }

  static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
