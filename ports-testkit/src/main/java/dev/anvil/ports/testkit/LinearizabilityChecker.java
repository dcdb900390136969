package dev.anvil.ports.testkit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Whether a concurrent history has a sequential explanation that respects real time (Wing and Gong,
 * with Lowe's memory of configurations that led nowhere).
 */
public final class LinearizabilityChecker {
  private LinearizabilityChecker() {}

  /**
   * One call of a history.
   *
   * @param input what was asked
   * @param output what was answered; ignored when {@code unknown}
   * @param began time of the call
   * @param ended time of the return; later than everything when {@code unknown}
   * @param unknown the answer was lost: it may have happened at any time after its begin, or never
   */
  public record Operation<I, O>(I input, O output, long began, long ended, boolean unknown) {
    /** A call that was answered. */
    public static <I, O> Operation<I, O> answered(I input, O output, long began, long ended) {
      return new Operation<>(input, output, began, ended, false);
    }

    /** A call whose answer was lost. */
    public static <I, O> Operation<I, O> lost(I input, long began) {
      return new Operation<>(input, null, began, Long.MAX_VALUE, true);
    }
  }

  /** What a sequential object answers, and its state after. */
  public record Step<S, O>(S state, O output) {}

  private record Configuration<S>(BitSet done, S state) {}

  /**
   * Searches for an order.
   *
   * @param apply the sequential object; states and outputs have value equality
   */
  public static <S, I, O> boolean isLinearizable(
      List<Operation<I, O>> history, S initial, BiFunction<S, I, Step<S, O>> apply) {
    List<Operation<I, O>> ops = new ArrayList<>(history);
    ops.sort(Comparator.comparingLong(Operation::began));
    return new Search<>(ops, apply).from(new BitSet(), initial);
  }

  private static final class Search<S, I, O> {
    private final List<Operation<I, O>> ops;
    private final BiFunction<S, I, Step<S, O>> apply;
    private final Set<Configuration<S>> failed = new HashSet<>();

    Search(List<Operation<I, O>> ops, BiFunction<S, I, Step<S, O>> apply) {
      this.ops = ops;
      this.apply = apply;
    }

    boolean from(BitSet done, S state) {
      if (allAnsweredDone(done)) {
        return true;
      }
      if (!failed.add(new Configuration<>((BitSet) done.clone(), state))) {
        return false;
      }
      long earliestEnd = earliestEnd(done);
      for (int i = done.nextClearBit(0); i < ops.size(); i = done.nextClearBit(i + 1)) {
        Operation<I, O> op = ops.get(i);
        if (op.began() > earliestEnd) {
          return false;
        }
        Step<S, O> step = apply.apply(state, op.input());
        if (op.unknown() || step.output().equals(op.output())) {
          done.set(i);
          if (from(done, step.state())) {
            return true;
          }
          done.clear(i);
        }
      }
      return false;
    }

    private boolean allAnsweredDone(BitSet done) {
      for (int i = done.nextClearBit(0); i < ops.size(); i = done.nextClearBit(i + 1)) {
        if (!ops.get(i).unknown()) {
          return false;
        }
      }
      return true;
    }

    /** Whatever begins after it cannot come before the operation that ends there. */
    private long earliestEnd(BitSet done) {
      long end = Long.MAX_VALUE;
      for (int i = done.nextClearBit(0); i < ops.size(); i = done.nextClearBit(i + 1)) {
        end = Math.min(end, ops.get(i).ended());
      }
      return end;
    }
  }
}
