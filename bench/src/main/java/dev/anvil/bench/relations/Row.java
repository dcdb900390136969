package dev.anvil.bench.relations;

import dev.anvil.bench.authz.PeerShape;
import dev.anvil.bench.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One kind of request under one load.
 *
 * @param name in the tables
 * @param unit what is counted
 * @param clients with one request under way each
 * @param load what is sent
 */
record Row(String name, String unit, int clients, Load load) {
  static final String DIRECT = "direct tuple, 16";
  static final String RANDOM = "random user x document, 16";
  static final String NESTED = "member of a nested group, 16";
  static final String CONDITION = "condition with context, 16";
  static final String BATCH = "batch of 100, 1";
  static final String SUBJECTS = "list of %,d subjects, 1".formatted(PeerShape.SUBJECTS);
  static final String WRITE_1 = "write of one tuple, 1";
  static final String WRITE_16 = "write of one tuple, 16";
  static final String WRITES = "writes of 100 tuples, 4";
  private static final int HUNDRED = 100;
  private static final String CHECK = "check";
  private static final String LIST = "list";
  private static final String TUPLE = "tuple";

  /** What is sent in a window. */
  sealed interface Load {}

  /** So many questions in a request. */
  record Reads(BiFunction<Talk, SplittableRandom, Request> make, int questions) implements Load {}

  /** So many new tuples at once. */
  record Writes(int tuples) implements Load {}

  /** A whole list of so many entries. */
  record Lists(Function<Talk, Request> make, boolean users, int entries) implements Load {}

  static List<Row> all(Asks asks) {
    List<Row> rows = new ArrayList<>();
    rows.add(reads("direct tuple, 1", 1, (talk, r) -> talk.check(asks.direct(r))));
    rows.add(reads(DIRECT, 16, (talk, r) -> talk.check(asks.direct(r))));
    rows.add(reads(RANDOM, 16, (talk, r) -> talk.check(asks.random(r))));
    rows.add(reads(NESTED, 16, (talk, r) -> talk.check(asks.nested(r))));
    rows.add(reads(CONDITION, 16, (talk, r) -> talk.check(asks.conditional(r))));
    rows.add(
        new Row(
            BATCH,
            "batch",
            1,
            new Reads(
                (talk, r) ->
                    talk.batch(Stream.generate(() -> asks.random(r)).limit(HUNDRED).toList()),
                HUNDRED)));
    for (int n : PeerShape.LISTS) {
      rows.add(new Row(list(n), LIST, 1, new Lists(talk -> talk.documents(viewer(n)), false, n)));
    }
    rows.add(
        new Row(
            SUBJECTS,
            LIST,
            1,
            new Lists(talk -> talk.users("document:shared"), true, PeerShape.SUBJECTS)));
    rows.add(new Row(WRITE_1, TUPLE, 1, new Writes(1)));
    rows.add(new Row(WRITE_16, TUPLE, 16, new Writes(1)));
    rows.add(new Row(WRITES, TUPLE, 4, new Writes(HUNDRED)));
    return rows;
  }

  /** The row of a list of so many documents. */
  static String list(int documents) {
    return "list of %,d documents, 1".formatted(documents);
  }

  /** Who views so many documents. */
  static String viewer(int documents) {
    return "user:list" + documents;
  }

  private static Row reads(
      String name, int clients, BiFunction<Talk, SplittableRandom, Request> make) {
    return new Row(name, CHECK, clients, new Reads(make, 1));
  }
}
