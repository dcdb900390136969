package dev.anvil.authz.relations;

import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.store.Consistency;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.time.Ticker;
import java.util.function.Function;
import java.util.function.Supplier;

/** What questions and writes of relationships cost and came to, without a name of anybody. */
public final class RelationMeters {
  private static final double[] SECONDS = {
    0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2, 5
  };
  private static final double[] COUNTS = {1, 2, 5, 10, 20, 50, 100, 500, 1_000, 10_000, 100_000};
  private static final double[] DEPTHS = {0, 1, 2, 3, 5, 8, 13, 21, 34, 50};

  private final Ticker ticker;
  private final Meters.Counter questions;
  private final Meters.Histogram seconds;
  private final Meters.Histogram nodes;
  private final Meters.Histogram seeks;
  private final Meters.Histogram depth;
  private final Meters.Counter limits;
  private final Meters.Histogram writeSeconds;
  private final Meters.Histogram commitTuples;

  /** Makes the meters. */
  public RelationMeters(Meters meters, Ticker ticker) {
    this.ticker = ticker;
    questions =
        meters.counter(
            "anvil_authz_questions_total",
            "Questions about relationships by what they came to",
            "api",
            "mode",
            "result");
    seconds =
        meters.histogram(
            "anvil_authz_question_seconds", "Time of a question or page", SECONDS, "api");
    nodes = meters.histogram("anvil_authz_question_nodes", "Nodes of a question", COUNTS, "api");
    seeks =
        meters.histogram(
            "anvil_authz_question_seeks", "Look-ups in the store of a question", COUNTS, "api");
    depth =
        meters.histogram(
            "anvil_authz_question_depth", "Hops to another object of a question", DEPTHS, "api");
    limits =
        meters.counter(
            "anvil_authz_limits_total", "Questions that met a limit, by its name", "limit");
    writeSeconds =
        meters.histogram("anvil_authz_write_seconds", "Time of a write of tuples", SECONDS);
    commitTuples = meters.histogram("anvil_authz_write_tuples", "Tuples named by a write", COUNTS);
  }

  /** Meters that go nowhere. */
  public static RelationMeters none() {
    return new RelationMeters(Meters.none(), () -> 0);
  }

  /** Answers a question and counts what it came to; a failure counts as {@code error}. */
  <T> T asked(String api, Consistency mode, Function<T, String> result, Supplier<T> question) {
    long began = ticker.nanos();
    String came = "error";
    try {
      T answer = question.get();
      came = result.apply(answer);
      return answer;
    } catch (AnvilException e) {
      failed(e);
      throw e;
    } finally {
      questions.add(1, api, mode(mode), came);
      seconds.observe((ticker.nanos() - began) / 1e9, api);
    }
  }

  /** Counts a limit that was met. */
  void failed(AnvilException e) {
    if (e instanceof LimitExceeded && e.fields().get("limit") != null) {
      limits.add(1, String.valueOf(e.fields().get("limit")));
    }
  }

  /** Counts one item of a batch. */
  void item(Consistency mode, String result) {
    questions.add(1, "batch_item", mode(mode), result);
  }

  /** Notes what a question cost. */
  void cost(String api, Work work, long looked) {
    nodes.observe(work.nodes(), api);
    depth.observe(work.deepest(), api);
    seeks.observe(looked, api);
  }

  /** Writes tuples and notes how many and how long. */
  <T> T written(int tuples, Supplier<T> write) {
    long began = ticker.nanos();
    try {
      return write.get();
    } finally {
      writeSeconds.observe((ticker.nanos() - began) / 1e9);
      commitTuples.observe(tuples);
    }
  }

  static String result(Verdict v) {
    return v.outcome().wire();
  }

  private static String mode(Consistency mode) {
    return switch (mode) {
      case Consistency.Full _ -> "fully_consistent";
      case Consistency.Latency _ -> "minimize_latency";
      case Consistency.AtLeast _ -> "at_least_as_fresh";
      case Consistency.Exact _ -> "at_exact_snapshot";
    };
  }
}
