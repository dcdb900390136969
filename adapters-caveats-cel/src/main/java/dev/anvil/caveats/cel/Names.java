package dev.anvil.caveats.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a parsed tree names, and its shape without places. */
final class Names {
  /** Numbers of nodes, which the text of a tree shows but its meaning does not have. */
  private static final Pattern IDS = Pattern.compile("(?m)\\[[0-9]+\\]");

  private Names() {}

  static SortedSet<String> of(CelAbstractSyntaxTree tree) {
    SortedSet<String> names = new TreeSet<>();
    collect(tree.getExpr(), names);
    return names;
  }

  static String shape(CelAbstractSyntaxTree tree) {
    StringBuilder out = new StringBuilder();
    shape(tree.getExpr(), out);
    return out.toString();
  }

  private static void collect(CelExpr e, SortedSet<String> names) {
    switch (e.getKind()) {
      case IDENT -> names.add(e.ident().name());
      case SELECT -> collect(e.select().operand(), names);
      case CALL -> {
        e.call().target().ifPresent(t -> collect(t, names));
        e.call().args().forEach(a -> collect(a, names));
      }
      case LIST -> e.list().elements().forEach(a -> collect(a, names));
      case MAP ->
          e.map()
              .entries()
              .forEach(a -> {
                collect(a.key(), names);
                collect(a.value(), names);
              });
      case STRUCT -> e.struct().entries().forEach(a -> collect(a.value(), names));
      case COMPREHENSION -> {
        collect(e.comprehension().iterRange(), names);
        collect(e.comprehension().accuInit(), names);
        collect(e.comprehension().loopCondition(), names);
        collect(e.comprehension().loopStep(), names);
        collect(e.comprehension().result(), names);
      }
      case CONSTANT, NOT_SET -> {
        // names nothing
      }
    }
  }

  private static void shape(CelExpr e, StringBuilder out) {
    out.append('(').append(e.getKind());
    switch (e.getKind()) {
      case IDENT -> out.append(' ').append(e.ident().name());
      case SELECT -> {
        out.append(' ').append(e.select().field()).append(e.select().testOnly() ? '?' : '.');
        shape(e.select().operand(), out);
      }
      case CALL -> {
        out.append(' ').append(e.call().function()).append(e.call().args().size());
        e.call().target().ifPresent(t -> shape(t, out.append('@')));
        e.call().args().forEach(a -> shape(a, out));
      }
      case LIST -> e.list().elements().forEach(a -> shape(a, out));
      case MAP ->
          e.map()
              .entries()
              .forEach(a -> {
                shape(a.key(), out);
                shape(a.value(), out);
              });
      case STRUCT -> out.append(IDS.matcher(e.struct().toString()).replaceAll(""));
      case COMPREHENSION -> {
        out.append(' ').append(e.comprehension().iterVar()).append(e.comprehension().iterVar2());
        out.append(' ').append(e.comprehension().accuVar());
        shape(e.comprehension().iterRange(), out);
        shape(e.comprehension().accuInit(), out);
        shape(e.comprehension().loopCondition(), out);
        shape(e.comprehension().loopStep(), out);
        shape(e.comprehension().result(), out);
      }
      case CONSTANT -> constant(e.constant(), out);
      case NOT_SET -> out.append('-');
    }
    out.append(')');
  }

  private static void constant(CelConstant c, StringBuilder out) {
    String text = c.toString();
    out.append(' ').append(c.getKind()).append(text.length()).append(':').append(text);
  }
}
