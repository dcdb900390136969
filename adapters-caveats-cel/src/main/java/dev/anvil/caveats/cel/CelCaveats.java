package dev.anvil.caveats.cel;

import dev.anvil.ports.caveats.CaveatEngine;
import dev.anvil.ports.caveats.CaveatProgram;
import dev.anvil.ports.caveats.CaveatRejected;
import dev.anvil.ports.caveats.CaveatSource;
import dev.anvil.ports.caveats.CaveatType;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/** Compiles conditions with cel-java: standard library and macros, RE2, bounded loops. */
public final class CelCaveats implements CaveatEngine {
  private static final String LANGUAGE = "cel-1 dev.cel 0.13";

  @Override
  public String language() {
    return LANGUAGE;
  }

  @Override
  public CaveatProgram compile(CaveatSource source) throws CaveatRejected {
    CelBuilder builder = Language.builder().setResultType(SimpleType.BOOL);
    source.parameters().forEach((name, type) -> builder.addVar(name, Types.of(type)));
    try {
      Cel cel = builder.build();
      CelAbstractSyntaxTree tree = cel.compile(source.body()).getAst();
      if (Growth.copies(tree.getExpr()) > Growth.COPIES) {
        throw new CaveatRejected(
            "its loops can hold a value more than "
                + Growth.COPIES
                + " times; name it fewer times inside them",
            1,
            1);
      }
      SortedSet<String> used = Names.of(tree);
      return new CelProgram(source, cel.createProgram(tree), identity(source, tree), used);
    } catch (CelValidationException e) {
      throw rejected(e);
    } catch (CelEvaluationException | IllegalArgumentException e) {
      throw new CaveatRejected("the condition does not compile: " + e.getMessage(), 1, 1);
    }
  }

  private static CaveatRejected rejected(CelValidationException e) {
    if (e.getErrors().isEmpty()) {
      return new CaveatRejected("the condition does not compile: " + e.getMessage(), 1, 1);
    }
    CelIssue first = e.getErrors().getFirst();
    CelSourceLocation at = first.getSourceLocation();
    return new CaveatRejected(
        "the condition does not compile: " + first.getMessage(),
        Math.max(1, at.getLine()),
        Math.max(1, at.getColumn() + 1));
  }

  /** Hash of language, parameters, tree and bounds; the text's white space does not count. */
  private static byte[] identity(CaveatSource source, CelAbstractSyntaxTree tree) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      StringBuilder parts = new StringBuilder(LANGUAGE).append('\n').append(CelLimits.text());
      for (Map.Entry<String, CaveatType> p : new TreeMap<>(source.parameters()).entrySet()) {
        parts.append('\n').append(p.getKey()).append(' ').append(p.getValue().text());
      }
      parts.append('\n').append(Names.shape(tree));
      return sha256.digest(parts.toString().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Loads the library, which takes a while, so that the first condition does not wait for it. */
  public void load() {
    Language.builder().build();
  }

  /** Loaded with the first condition, or by {@link #load}: no start waits for the library. */
  private static final class Language {
    static final CelOptions OPTIONS =
        CelOptions.current()
            .enableUnknownTracking(true)
            .enableHeterogeneousNumericComparisons(true)
            .enableHiddenAccumulatorVar(true)
            .maxExpressionCodePointSize(CelLimits.BODY)
            .maxParseRecursionDepth(CelLimits.DEPTH)
            .comprehensionMaxIterations(CelLimits.ITERATIONS)
            .maxRegexProgramSize(CelLimits.REGEX_PROGRAM)
            .build();

    /** The standard language, but for what could take all of the memory, and our functions. */
    static CelBuilder builder() {
      return CelFactory.standardCelBuilder()
          .setOptions(OPTIONS)
          .setStandardEnvironmentEnabled(false)
          .setStandardDeclarations(CelStandardDeclarations.newBuilder().build())
          .setStandardFunctions(
              CelStandardFunctions.newBuilder()
                  .filterFunctions((function, overload) ->
                      function != StandardFunction.MATCHES && !Growth.REPLACED.contains(overload))
                  .build())
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addFunctionDeclarations(Types.FUNCTIONS)
          .addFunctionBindings(Types.BINDINGS)
          .addFunctionBindings(Regexes.BINDINGS)
          .addFunctionBindings(Growth.BINDINGS);
    }
  }
}
