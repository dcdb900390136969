package dev.anvil.bench.authz;

import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Lists;
import dev.anvil.authz.store.ObjectIds;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.tuples.TupleText;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What complete lists cost, page after page of a thousand. */
final class ListCosts {
  private static final int PAGE = 1_000;
  private static final int TIMES = 5;

  private final Relationships relationships;
  private final PrintStream out;

  ListCosts(Relationships relationships, PrintStream out) {
    this.relationships = relationships;
    this.out = out;
  }

  void measure() {
    for (int n : PeerShape.LISTS) {
      String user = "user:list" + n;
      row(
          "list of " + n + " objects",
          p -> new Read(l -> l.objects("document", "view", TupleText.subject(user), p)));
    }
    row(
        "list of " + PeerShape.SUBJECTS + " subjects",
        p ->
            new Read(l ->
                l.subjects(TupleText.object("document:shared"), "view", "user", null, p).page()));
  }

  private record Read(Function<Lists, Lists.Page> page) {}

  private void row(String name, Function<Lists.Paging, Read> reads) {
    int found = whole(reads);
    long cpu = QuestionCosts.cpu();
    long start = System.nanoTime();
    for (int i = 0; i < TIMES; i++) {
      whole(reads);
    }
    out.printf(
        "%-36s %8d found %10.1f ms of CPU %10.1f ms%n",
        name,
        found,
        (QuestionCosts.cpu() - cpu) / 1e6 / TIMES,
        (System.nanoTime() - start) / 1e6 / TIMES);
  }

  private int whole(Function<Lists.Paging, Read> reads) {
    int found = 0;
    String after = null;
    do {
      Read read = reads.apply(new Lists.Paging(Map.of(), List.of(), after, PAGE));
      Lists.Page page =
          relationships
              .read(
                  QuestionCosts.OWNER,
                  Consistency.FULL,
                  view ->
                      read.page()
                          .apply(
                              new Lists(
                                  view, ObjectIds.PLAIN, relationships.limits(), System::nanoTime)))
              .value();
      found += page.found().size();
      after = page.next();
    } while (after != null);
    return found;
  }
}
