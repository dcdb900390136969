package dev.anvil.bench.authz;

import dev.anvil.authz.graph.Work;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.ObjectIds;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.TupleText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Checks and writes of several clients at once, in process. */
final class Traffic {
  private static final long NANOS = 4_000_000_000L;

  private final Relationships relationships;
  private final PeerShape shape;
  private final PrintStream out;

  Traffic(Relationships relationships, PeerShape shape, PrintStream out) {
    this.relationships = relationships;
    this.shape = shape;
    this.out = out;
  }

  private interface Client {
    int go(SplittableRandom random);
  }

  void measure() {
    run("direct checks, 16 clients", 16, r -> check(r.nextInt(shape.documents), true, r));
    run("random checks, 16 clients", 16, r -> check(r.nextInt(shape.documents), false, r));
    run("tuples written one by one, 1 client", 1, r -> write(1, r));
    run("tuples written one by one, 16 clients", 16, r -> write(1, r));
    run("tuples written by 100, 4 clients", 4, r -> write(100, r));
  }

  private void run(String name, int clients, Client client) {
    LongAdder done = new LongAdder();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int c = 0; c < clients; c++) {
        SplittableRandom random = new SplittableRandom(c);
        threads.submit(() -> {
          while (System.nanoTime() - start < NANOS) {
            done.add(client.go(random));
          }
        });
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf("%-36s %8.0f a second%n", name, done.sum() / seconds);
  }

  private int check(int document, boolean direct, SplittableRandom random) {
    int user = direct ? shape.users + document : random.nextInt(shape.users);
    Question q =
        Question.of(
            TupleText.object("document:" + document), "view", TupleText.subject("user:" + user));
    relationships.read(
        QuestionCosts.OWNER,
        Consistency.FULL,
        view ->
            new Questions(view, ObjectIds.PLAIN, relationships.limits())
                .check(q, new Work(relationships.limits().question(), System::nanoTime)));
    return 1;
  }

  private int write(int tuples, SplittableRandom random) {
    List<WriteRequest.Change> changes = new ArrayList<>();
    long base = random.nextLong() >>> 1;
    for (int i = 0; i < tuples; i++) {
      String text = "document:w%d-%d#owner@user:%d".formatted(base, i, random.nextInt(10_000));
      changes.add(new WriteRequest.Change(WriteRequest.Op.TOUCH, TupleText.parse(text)));
    }
    new TupleWrites(relationships)
        .write(
            QuestionCosts.OWNER,
            new WriteRequest(changes, List.of(), null, null),
            QuestionCosts.BY);
    return tuples;
  }
}
