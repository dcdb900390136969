package dev.anvil.bench.authz;

import dev.anvil.app.node.StorageBackend;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Lists;
import dev.anvil.authz.store.ObjectIds;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.RevisionTokens;
import dev.anvil.authz.store.SchemaWrites;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.caveats.cel.CelCaveats;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.waist.Incidents;
import dev.anvil.waist.LocalPartitions;
import dev.anvil.waist.WaistRuntime;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * CPU and seeks per question in process: {@code QuestionCosts <engine> <scale> <rounds>}. Answers
 * are not judged here; the tests do that.
 */
public final class QuestionCosts {
  private static final Relationships.Owner OWNER = new Relationships.Owner(7, "acme");
  private static final WriteRequest.By BY = new WriteRequest.By("bench", "r", 0, null, null);
  private static final int BATCH = 500;

  private final Relationships relationships;
  private final PeerShape shape;
  private final int rounds;
  private final PrintStream out;

  private QuestionCosts(Relationships r, PeerShape shape, int rounds, PrintStream out) {
    this.relationships = r;
    this.shape = shape;
    this.rounds = rounds;
    this.out = out;
  }

  /** Loads a fresh store in a temporary folder and measures. */
  public static void main(String[] args) throws IOException {
    PeerShape shape = new PeerShape(Double.parseDouble(args[1]));
    Path folder = Files.createTempDirectory("anvil-authz-bench");
    WaistRuntime runtime =
        new WaistRuntime(
            Thread.ofPlatform().daemon().name("writer-", 0).factory(),
            System::nanoTime,
            InstantSource.system(),
            Meters.none(),
            Incidents.none());
    AuthzLimits limits = AuthzLimits.DEFAULT;
    try (LocalPartitions partitions =
        LocalPartitions.open(StorageBackend.of(folder, args[0]), 2, runtime)) {
      Relationships r =
          new Relationships(
              partitions,
              new SchemaReader(limits.schema(), new CelCaveats()),
              new RevisionTokens(new Incarnation(1), new byte[32], limits),
              limits,
              InstantSource.system(),
              System::nanoTime,
              ObjectIds.PLAIN);
      QuestionCosts costs = new QuestionCosts(r, shape, Integer.parseInt(args[2]), System.out);
      costs.load();
      costs.measure();
      System.out.printf(
          "disk bytes per tuple %d%n",
          partitions.get(new PartitionId(1)).stats().engine().diskBytes() / shape.tuples);
    }
  }

  private void load() {
    new SchemaWrites(relationships)
        .put(OWNER, new SchemaWrites.Put(PeerShape.SCHEMA, false, null, false, List.of()), BY);
    TupleWrites writes = new TupleWrites(relationships);
    List<WriteRequest.Change> batch = new ArrayList<>();
    long start = System.nanoTime();
    int[] written = {0};
    shape.each(text -> {
      batch.add(new WriteRequest.Change(WriteRequest.Op.TOUCH, TupleText.parse(text)));
      if (batch.size() == BATCH) {
        written[0] += flush(writes, batch);
      }
    });
    written[0] += flush(writes, batch);
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf("loaded %d tuples, %.0f a second in batches%n", written[0], written[0] / seconds);
  }

  private static int flush(TupleWrites writes, List<WriteRequest.Change> batch) {
    Map<String, WriteRequest.Change> once = new LinkedHashMap<>();
    batch.forEach(c -> once.put(c.tuple().key(), c));
    batch.clear();
    writes.write(OWNER, new WriteRequest(List.copyOf(once.values()), List.of(), null, null), BY);
    return once.size();
  }

  private void measure() {
    SplittableRandom random = new SplittableRandom(1);
    row("direct", i -> view(i % shape.documents, "user:" + (shape.users + i % shape.documents)));
    row("denied", i -> view(i % shape.documents, "user:nobody"));
    row(
        "random through groups and folders",
        i -> view(random.nextInt(shape.documents), "user:" + random.nextInt(shape.users)));
    row(
        "member of a nested group",
        i ->
            Question.of(
                TupleText.object("group:" + i % shape.groups / 6 * 6),
                "member",
                TupleText.subject("user:" + random.nextInt(shape.users))));
    lists(random);
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
      return relationships
          .read(
              OWNER,
              Consistency.FULL,
              view -> {
                new Questions(view, ObjectIds.PLAIN, relationships.limits())
                    .check(q, new Work(relationships.limits().question(), System::nanoTime));
                return view.seeks();
              })
          .value();
    } catch (LimitExceeded e) {
      return -1;
    }
  }

  private void lists(SplittableRandom random) {
    long start = System.nanoTime();
    int found = 0;
    int times = 5;
    for (int i = 0; i < times; i++) {
      String user = "user:" + random.nextInt(shape.users);
      found +=
          relationships
              .read(
                  OWNER,
                  Consistency.FULL,
                  view ->
                      new Lists(view, ObjectIds.PLAIN, relationships.limits(), System::nanoTime)
                          .objects(
                              "document",
                              "edit",
                              TupleText.subject(user),
                              new Lists.Paging(Map.of(), List.of(), null, 1_000)))
              .value()
              .found()
              .size();
    }
    double millis = (System.nanoTime() - start) / 1e6 / times;
    out.printf("list of %d objects %25.1f ms%n", found / times, millis);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
