package dev.anvil.caveats.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import dev.cel.runtime.standard.CelStandardOverload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Keeps values small. Steps are counted, but a few that each hold a value twice make one of
 * gigabytes, or one that takes hours to compare: so what is added together has a bound, and so has
 * how often loops over loops can hold the same value.
 */
final class Growth {
  /** Characters or bytes of a sum. */
  static final int TEXT = 64 << 10;

  /** Elements of a sum. */
  static final int ELEMENTS = 10_000;

  /** How often a condition may hold one value, by what it says. */
  static final long COPIES = 1_000;

  /** Sums that are done here instead of by the library. */
  static final Set<CelStandardOverload> REPLACED =
      Set.of(AddOverload.ADD_STRING, AddOverload.ADD_BYTES, AddOverload.ADD_LIST);

  static final List<CelFunctionBinding> BINDINGS =
      List.of(
          CelFunctionBinding.from(
              "add_string",
              String.class,
              String.class,
              (a, b) -> {
                bounded((long) a.length() + b.length(), TEXT, "characters");
                return a + b;
              }),
          CelFunctionBinding.from(
              "add_bytes",
              CelByteString.class,
              CelByteString.class,
              (a, b) -> {
                bounded((long) a.size() + b.size(), TEXT, "bytes");
                return a.concat(b);
              }),
          CelFunctionBinding.from("add_list", Collection.class, Collection.class, Growth::lists));

  private Growth() {}

  private static Object lists(Collection<?> a, Collection<?> b) {
    bounded((long) a.size() + b.size(), ELEMENTS, "elements");
    List<Object> all = new ArrayList<>(a.size() + b.size());
    all.addAll(a);
    all.addAll(b);
    return all;
  }

  private static void bounded(long is, int most, String what) {
    if (is > most) {
      throw new IllegalArgumentException("a sum has at most " + most + " " + what);
    }
  }

  /** How often the value of an expression can hold one value that goes in; at most a bound. */
  static long copies(CelExpr e) {
    return copies(e, "");
  }

  private static long copies(CelExpr e, String accumulator) {
    return switch (e.getKind()) {
      case IDENT -> e.ident().name().equals(accumulator) ? 0 : 1;
      case SELECT -> copies(e.select().operand(), accumulator);
      case CALL ->
          cut(
              e.call().target().map(t -> copies(t, accumulator)).orElse(0L)
                  + e.call().args().stream().mapToLong(a -> copies(a, accumulator)).sum());
      case LIST -> cut(e.list().elements().stream().mapToLong(a -> copies(a, accumulator)).sum());
      case MAP ->
          cut(
              e.map().entries().stream()
                  .mapToLong(a -> copies(a.key(), accumulator) + copies(a.value(), accumulator))
                  .sum());
      case STRUCT ->
          cut(e.struct().entries().stream().mapToLong(a -> copies(a.value(), accumulator)).sum());
      case COMPREHENSION -> {
        CelExpr.CelComprehension c = e.comprehension();
        long step = copies(c.loopStep(), c.accuVar());
        yield cut(Math.max(1, copies(c.iterRange(), accumulator)) * Math.max(1, step));
      }
      case CONSTANT, NOT_SET -> 0;
    };
  }

  private static long cut(long copies) {
    return Math.min(copies, COPIES + 1);
  }
}
